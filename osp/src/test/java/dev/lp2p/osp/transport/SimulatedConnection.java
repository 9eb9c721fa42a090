package dev.lp2p.osp.transport;

import dev.lp2p.osp.identity.Fingerprint;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One end of a {@link SimulatedConnectionPair}. */
public final class SimulatedConnection implements Connection {

    final SimulatedConnectionPair pair;
    final Set<SimulatedStream> streams = new LinkedHashSet<>();
    private final boolean isClient;
    private final Fingerprint peerFingerprint;
    private @Nullable ConnectionListener listener;

    /** Hears of no end by itself: every FIN arrives. */
    public @Nullable EndListener endListener;

    /** What {@link #onPeerEnd} was told: an ID and then the bytes. */
    public final List<List<Long>> peerEnds = new ArrayList<>();

    private long packetsReceived;
    private @Nullable ConnectionCloseReason closeReason;

    SimulatedConnection(SimulatedConnectionPair pair, boolean isClient, Fingerprint peerFingerprint) {
        this.pair = pair;
        this.isClient = isClient;
        this.peerFingerprint = peerFingerprint;
    }

    @Override
    public boolean isClient() {
        return isClient;
    }

    @Override
    public ApplicationProtocol protocol() {
        return ApplicationProtocol.OSP;
    }

    @Override
    public int maxDatagramBytes() {
        return 0;
    }

    @Override
    public void sendDatagram(ByteBuf datagram) {
        datagram.release();
    }

    @Override
    public CompletionStage<ConnectionStats> stats() {
        return CompletableFuture.completedStage(
                new ConnectionStats(0, packetsReceived, 0, 0, 0, 0, 0, Duration.ZERO, 0));
    }

    @Override
    public void vouch() {}

    @Override
    public void setPreludeListener(StreamListener prelude) {
        throw new AssertionError("A session has no prelude");
    }

    @Override
    public void refuse() {
        close(0, "");
    }

    @Override
    public Fingerprint peerFingerprint() {
        return peerFingerprint;
    }

    @Override
    public void setListener(ConnectionListener connectionListener) {
        listener = connectionListener;
    }

    @Override
    public void setEndListener(EndListener listener) {
        endListener = listener;
    }

    @Override
    public void onPeerEnd(long streamId, long bytes) {
        peerEnds.add(List.of(streamId, bytes));
    }

    @Override
    public TransportStream openUnidirectional(StreamListener streamListener) {
        return open(streamListener, false);
    }

    @Override
    public TransportStream openBidirectional(StreamListener streamListener) {
        return open(streamListener, true);
    }

    private SimulatedStream open(StreamListener streamListener, boolean bidirectional) {
        SimulatedStream here = new SimulatedStream(this, bidirectional, false);
        SimulatedStream there = new SimulatedStream(pair.other(this), bidirectional, true);
        here.connect(there, streamListener);
        if (isClosed()) {
            here.end(0);
        } else {
            streams.add(here);
        }
        return here;
    }

    /** Something of a stream arrived, and is acknowledged. */
    void onPacket() {
        packetsReceived++;
        SimulatedConnection other = pair.other(this);
        pair.at(pair.loop.elapsed().plus(pair.conditions.latency()).toNanos(), () -> other.packetsReceived++);
    }

    /** The first that arrives of a stream tells of it. */
    StreamListener announce(SimulatedStream stream) {
        if (listener == null) {
            throw new AssertionError("Nobody listens to the connection");
        }
        streams.add(stream);
        return listener.onStream(stream);
    }

    @Override
    public void close(long errorCode, String reason) {
        if (isClosed()) {
            return;
        }
        SimulatedConnection other = pair.other(this);
        pair.at(
                pair.arrivalNanos(),
                () -> other.end(new ConnectionCloseReason(ConnectionCloseReason.Kind.PEER, errorCode, reason)));
        end(new ConnectionCloseReason(ConnectionCloseReason.Kind.LOCAL, errorCode, reason));
    }

    void end(ConnectionCloseReason reason) {
        if (isClosed()) {
            return;
        }
        closeReason = reason;
        List.copyOf(streams).forEach(stream -> stream.end(0));
        if (listener != null) {
            listener.onClosed(reason);
        }
    }

    @Override
    public boolean isClosed() {
        return closeReason != null;
    }

    /** Why it is closed, or null while it is open. */
    public @Nullable ConnectionCloseReason closeReason() {
        return closeReason;
    }
}
