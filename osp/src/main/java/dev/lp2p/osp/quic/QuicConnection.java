package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.ConnectionStats;
import dev.lp2p.osp.transport.EndListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionStats;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose peer proved its key, over a Netty channel.
 *
 * <p>The library frees a connection's memory while it is still walking over it if the connection is closed from within one
 * of its callbacks, so closing always waits for the end of the loop's turn.
 */
final class QuicConnection implements Connection {

    private static final System.Logger LOG = System.getLogger(QuicConnection.class.getName());

    /** Fits the one packet that a close has, with room for its headers. */
    private static final int MAX_REASON_BYTES = 1024;

    /** Streams that wait, unread, for a listener; many come before a prelude only if its packet was lost. */
    static final int MAX_UNHEARD_STREAMS = 256;

    /** Datagrams that wait for a listener; what comes after them is dropped. */
    static final int MAX_UNHEARD_DATAGRAMS = 64;

    // RFC 9000, section 2.1: the first of the client's and of the server's.
    private static final long CLIENT_PRELUDE_ID = 2;
    private static final long SERVER_PRELUDE_ID = 3;

    private final QuicChannel channel;
    private final boolean client;
    private final ApplicationProtocol protocol;
    private final Fingerprint peer;
    private final QuicLimits limits;
    private final DelayedAck ack;

    private final Set<QuicStream> streams = new LinkedHashSet<>();
    private final LongObjectMap<QuicStream> opened = new LongObjectHashMap<>();
    private final Queue<QuicStream> unopenedBidirectional = new ArrayDeque<>();
    private final Queue<QuicStream> unopenedUnidirectional = new ArrayDeque<>();
    private final List<QuicStream> unheard = new ArrayList<>();
    private final Queue<ByteBuf> unheardDatagrams = new ArrayDeque<>();
    private final PeerEnds earlyEnds;
    private @Nullable StreamListener prelude;
    private @Nullable ConnectionListener listener;
    private @Nullable EndListener endListener;
    private int maxDatagramBytes;
    private Runnable onVouched = () -> {};
    private boolean vouched;
    private final UnreadBytes unread = new UnreadBytes();
    private int abandonedStreams;
    private boolean closing;
    private boolean closed;
    private @Nullable ConnectionCloseReason closeReason;
    private boolean closeDelivered;

    QuicConnection(
            QuicChannel channel, boolean client, ApplicationProtocol protocol, Fingerprint peer, QuicLimits limits) {
        this.channel = channel;
        this.client = client;
        this.protocol = protocol;
        this.peer = peer;
        this.limits = limits;
        this.ack = channel.parent().pipeline().get(DelayedAck.class);
        this.earlyEnds = new PeerEnds(client, limits);
    }

    @Override
    public boolean isClient() {
        return client;
    }

    @Override
    public ApplicationProtocol protocol() {
        return protocol;
    }

    @Override
    public Fingerprint peerFingerprint() {
        return peer;
    }

    @Override
    public void setPreludeListener(StreamListener preludeListener) {
        assertOnLoop();
        prelude = preludeListener;
        List<QuicStream> waiting = List.copyOf(unheard);
        unheard.clear();
        waiting.forEach(this::hear);
    }

    @Override
    public void setListener(ConnectionListener listener) {
        assertOnLoop();
        this.listener = listener;
        unheard.forEach(this::offer);
        unheard.clear();
        unheardDatagrams.forEach(listener::onDatagram);
        unheardDatagrams.clear();
        atEndOfTurn(this::deliverClose);
    }

    @Override
    public void setEndListener(EndListener endListener) {
        assertOnLoop();
        this.endListener = endListener;
    }

    @Override
    public void onPeerEnd(long streamId, long bytes) {
        assertOnLoop();
        QuicStream stream = opened.get(streamId);
        if (stream != null) {
            stream.onPeerEnd(bytes);
        } else if (!earlyEnds.add(streamId, bytes)) {
            onContradictoryEnd();
        }
    }

    @Override
    public TransportStream openUnidirectional(StreamListener listener) {
        return open(new QuicStream(this, false, false), unopenedUnidirectional, listener);
    }

    @Override
    public TransportStream openBidirectional(StreamListener listener) {
        return open(new QuicStream(this, true, false), unopenedBidirectional, listener);
    }

    @Override
    public int maxDatagramBytes() {
        return maxDatagramBytes;
    }

    @Override
    public void sendDatagram(ByteBuf datagram) {
        assertOnLoop();
        if (closed || datagram.readableBytes() > maxDatagramBytes) {
            datagram.release();
        } else {
            channel.writeAndFlush(datagram);
            atEndOfTurn(ack::onSending);
        }
    }

    @Override
    public CompletionStage<ConnectionStats> stats() {
        return new StatsCollection(channel).result();
    }

    @Override
    public void vouch() {
        vouched = true;
        onVouched.run();
    }

    @Override
    public void close(long errorCode, String reason) {
        assertOnLoop();
        if (closed) {
            return;
        }
        closed = true;
        closeReason = new ConnectionCloseReason(ConnectionCloseReason.Kind.LOCAL, errorCode, reason);
        // Behind the writes of this turn, which are sent first as far as the peer allows.
        atEndOfTurn(() -> {
            ack.onSending();
            channel.close(true, (int) errorCode, encode(reason));
        });
    }

    @Override
    public void refuse() {
        assertOnLoop();
        end("Refused", () -> CloseCode.refuse(channel, CloseCode.CONNECTION_REFUSED));
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    // What the handlers report.

    /** The peer opened a stream; the handler goes into the stream's pipeline. */
    ChannelHandler accept(QuicStreamChannel incoming) {
        QuicStream stream = new QuicStream(this, incoming.type() == QuicStreamType.BIDIRECTIONAL, true);
        streams.add(stream);
        opened.put(incoming.streamId(), stream);
        stream.attach(incoming);
        hear(stream);
        earlyEnds.take(incoming.streamId()).ifPresent(stream::onPeerEnd);
        return new StreamHandler(stream);
    }

    /** What is to happen once somebody else counts this connection. */
    void onVouched(Runnable task) {
        onVouched = task;
    }

    void onMaxDatagramBytes(int bytes) {
        maxDatagramBytes = bytes;
    }

    void onDatagram(ByteBuf datagram) {
        unread.onTaken(datagram.readableBytes());
        ack.onDelivery();
        if (listener != null) {
            listener.onDatagram(datagram);
        } else if (unheardDatagrams.size() < MAX_UNHEARD_DATAGRAMS) {
            unheardDatagrams.add(datagram);
        } else {
            datagram.release();
        }
    }

    /** The peer allows more streams. */
    void onStreamLimit() {
        openWaiting(unopenedBidirectional);
        openWaiting(unopenedUnidirectional);
    }

    /** The peer's close has come, and the library is about to drop what was not read. */
    void onPeerClosing() {
        closing = true;
        List.copyOf(streams).forEach(QuicStream::readNow);
    }

    /** The connection is gone. */
    void onClosed(ConnectionCloseReason reason) {
        closed = true;
        if (closeReason == null) {
            closeReason = reason;
        }
        // The library still tells the streams after this.
        atEndOfTurn(() -> {
            List.copyOf(streams).forEach(QuicStream::onConnectionClosed);
            unheard.clear();
            unheardDatagrams.forEach(ByteBuf::release);
            unheardDatagrams.clear();
            deliverClose();
        });
    }

    // What the streams need.

    void assertOnLoop() {
        if (!channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException("Connections and streams belong to the agent's loop; this is "
                    + Thread.currentThread().getName());
        }
    }

    void atEndOfTurn(Runnable task) {
        channel.eventLoop().execute(task);
    }

    /** What the peer may send on a stream, at most, before we read more of it than so much. */
    long streamWindow(long readBytes) {
        return UnreadBytes.streamWindow(limits.streamWindow(), readBytes);
    }

    /** Something came on a stream. */
    void onData() {
        ack.onDelivery();
    }

    /** Something was written, at the end of a turn. */
    void onWritten() {
        ack.onSending();
    }

    /** So much of what came waits no longer. */
    void onTaken(long bytes) {
        unread.onTaken(bytes);
    }

    boolean isClosing() {
        return closing;
    }

    void forget(QuicStream stream) {
        streams.remove(stream);
        stream.id().ifPresent(opened::remove);
    }

    void onEndSentApart(long streamId, long bytes) {
        if (endListener != null) {
            endListener.onEndSentApart(streamId, bytes);
        }
    }

    /** As where QUIC itself finds a FIN that contradicts what came. */
    void onContradictoryEnd() {
        end("A stream was to end elsewhere", () -> CloseCode.refuse(channel, CloseCode.FINAL_SIZE_ERROR));
    }

    void countAbandonedStream() {
        if (++abandonedStreams == limits.abandonedStreams()) {
            end("Too many streams were reset", () -> atEndOfTurn(channel::close));
        }
    }

    // What the budget needs.

    boolean isVouched() {
        return vouched;
    }

    /** What was received and waits unread, at most. */
    long unreadBytes() {
        return unread.atMost();
    }

    void countUnread() {
        if (!closed) {
            channel.collectStats().addListener(stats -> {
                if (stats.isSuccess() && stats.getNow() instanceof QuicConnectionStats counters) {
                    unread.update(counters);
                }
            });
        }
    }

    /**
     * Takes off what was overhead, and what came for streams that ended before it was read: no more waits than the streams
     * that nobody reads can hold.
     */
    void boundUnread() {
        unread.limit(streams.stream()
                .filter(QuicStream::isStuck)
                .mapToLong(QuicStream::maxUnreadBytes)
                .sum());
    }

    /** The stream that nobody reads and that may hold the most. */
    Optional<QuicStream> mostBehind() {
        return streams.stream().filter(QuicStream::isStuck).max(Comparator.comparingLong(QuicStream::maxUnreadBytes));
    }

    void endAsUnread() {
        end("The peer sent more than is read of it", () -> atEndOfTurn(channel::close));
    }

    /** Ends the connection as a failure. */
    private void end(String why, Runnable close) {
        if (!closed) {
            LOG.log(System.Logger.Level.DEBUG, "A connection is closed: {0}", why);
            closed = true;
            closeReason = new ConnectionCloseReason(ConnectionCloseReason.Kind.TRANSPORT_ERROR, 0, why);
            close.run();
        }
    }

    /** The stream goes to whoever is to hear of it, or waits. */
    private void hear(QuicStream stream) {
        long preludeId = client ? SERVER_PRELUDE_ID : CLIENT_PRELUDE_ID;
        if (prelude != null && stream.id().equals(OptionalLong.of(preludeId))) {
            stream.setListener(prelude);
        } else if (listener != null) {
            offer(stream);
        } else if (unheard.size() < MAX_UNHEARD_STREAMS) {
            unheard.add(stream);
        } else {
            refuse();
        }
    }

    private TransportStream open(QuicStream stream, Queue<QuicStream> waiting, StreamListener listener) {
        assertOnLoop();
        stream.setListener(listener);
        if (closed) {
            atEndOfTurn(stream::onConnectionClosed);
            return stream;
        }
        streams.add(stream);
        waiting.add(stream);
        openWaiting(waiting);
        return stream;
    }

    private void openWaiting(Queue<QuicStream> waiting) {
        while (!closed
                && !waiting.isEmpty()
                && channel.peerAllowedStreams(waiting.element().type()) > 0) {
            QuicStream stream = waiting.remove();
            if (!stream.hasEnded()) {
                channel.createStream(stream.type(), new StreamHandler(stream)).addListener(created -> {
                    if (created.isSuccess()) {
                        onCreated(stream, (QuicStreamChannel) created.getNow());
                    } else {
                        stream.failed(created.cause());
                    }
                });
            }
        }
    }

    private void onCreated(QuicStream stream, QuicStreamChannel created) {
        if (!stream.hasEnded()) {
            opened.put(created.streamId(), stream);
        }
        stream.attach(created);
    }

    private void offer(QuicStream stream) {
        if (listener != null && !stream.hasEnded()) {
            stream.setListener(listener.onStream(stream));
        }
    }

    private void deliverClose() {
        if (closeReason != null && channel.closeFuture().isDone() && listener != null && !closeDelivered) {
            closeDelivered = true;
            listener.onClosed(closeReason);
        }
    }

    private ByteBuf encode(String reason) {
        String shortened = reason;
        while (shortened.getBytes(StandardCharsets.UTF_8).length > MAX_REASON_BYTES) {
            shortened = shortened.substring(0, shortened.length() / 2);
        }
        return Unpooled.copiedBuffer(shortened, StandardCharsets.UTF_8);
    }
}
