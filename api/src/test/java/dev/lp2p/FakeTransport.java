package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.ConnectionStats;
import dev.lp2p.osp.transport.EndListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A q2q connection whose peer the test plays. */
final class FakeTransport implements Connection {

    final List<String> datagrams = new ArrayList<>();
    boolean refused;
    long closeCode = -1;
    private @Nullable ConnectionListener listener;

    ConnectionListener listener() {
        return Objects.requireNonNull(listener);
    }

    @Override
    public boolean isClient() {
        return false;
    }

    @Override
    public ApplicationProtocol protocol() {
        return ApplicationProtocol.Q2Q;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return ConnectionFixture.fingerprint(1);
    }

    @Override
    public void setPreludeListener(StreamListener prelude) {}

    @Override
    public void setListener(ConnectionListener newListener) {
        listener = newListener;
    }

    @Override
    public void setEndListener(EndListener endListener) {}

    @Override
    public void onPeerEnd(long streamId, long bytes) {}

    @Override
    public TransportStream openUnidirectional(StreamListener streamListener) {
        return new FakeTransportStream(false);
    }

    @Override
    public TransportStream openBidirectional(StreamListener streamListener) {
        return new FakeTransportStream(true);
    }

    @Override
    public int maxDatagramBytes() {
        return 1200;
    }

    @Override
    public void sendDatagram(ByteBuf datagram) {
        datagrams.add(datagram.toString(StandardCharsets.UTF_8));
        datagram.release();
    }

    @Override
    public CompletionStage<ConnectionStats> stats() {
        return new CompletableFuture<>();
    }

    @Override
    public void vouch() {}

    @Override
    public void close(long errorCode, String reason) {
        closeCode = errorCode;
    }

    @Override
    public void refuse() {
        refused = true;
    }

    @Override
    public boolean isClosed() {
        return refused || closeCode >= 0;
    }
}
