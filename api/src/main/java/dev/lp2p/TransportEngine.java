package dev.lp2p;

import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A transport between the loop, which calls the {@link ConnectionListener}, and the program. */
final class TransportEngine implements ConnectionListener, WebTransport {

    private final ConnectionContext context;
    private final TransportTraffic traffic = new TransportTraffic();
    private final TransportDatagrams datagrams;
    private final IncomingStreams<WebTransportBidirectionalStream> bidirectional;
    private final IncomingStreams<WebTransportReceiveStream> unidirectional;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> draining = new CompletableFuture<>();
    private final CompletableFuture<WebTransportCloseInfo> closed = new CompletableFuture<>();

    private final Object lock = new Object();
    // The lock's.
    private State state = State.CONNECTING;
    private @Nullable Connection connection;
    private @Nullable WebTransportCloseInfo closedHere;

    TransportEngine(ConnectionContext context) {
        this.context = context;
        this.datagrams = new TransportDatagrams(context, traffic);
        this.bidirectional = new IncomingStreams<>(context, stream -> stream);
        this.unidirectional = new IncomingStreams<>(context, DuplexStream::readable);
    }

    /** Who hears that it is in use. */
    void countFor(ConnectionTraffic connection) {
        traffic.countFor(connection);
    }

    /** Whether it has no connection yet and still wants one. */
    boolean isWaiting() {
        synchronized (lock) {
            return state == State.CONNECTING;
        }
    }

    boolean isOver() {
        return closed.isDone();
    }

    /**
     * Takes over a connection, unless it has one or wants none any more; on the loop.
     *
     * @return whether it did
     */
    boolean take(Connection given) {
        synchronized (lock) {
            if (state != State.CONNECTING) {
                return false;
            }
            state = State.CONNECTED;
            connection = given;
        }
        datagrams.attach(given);
        given.setListener(this);
        complete(() -> ready.complete(null));
        return true;
    }

    /** The transport never was, or is over, not by a close; from any thread. */
    void fail(LP2PException failure) {
        Connection open;
        synchronized (lock) {
            if (state == State.OVER) {
                return;
            }
            state = State.OVER;
            open = connection;
        }
        context.post(() -> {
            if (open != null) {
                open.refuse();
            }
            bidirectional.fail(failure);
            unidirectional.fail(failure);
            datagrams.fail(failure);
        });
        complete(() -> {
            ready.completeExceptionally(failure);
            draining.completeExceptionally(failure);
            closed.completeExceptionally(failure);
        });
    }

    /** Nothing new is to be begun. */
    void drain() {
        complete(() -> draining.complete(null));
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    @Override
    public CompletableFuture<WebTransportCloseInfo> closed() {
        return closed.copy();
    }

    @Override
    public CompletableFuture<Void> draining() {
        return draining.copy();
    }

    @Override
    public void close(WebTransportCloseInfo closeInfo) {
        ErrorCodes.check(closeInfo.closeCode());
        Connection open;
        synchronized (lock) {
            open = connection;
            if (state == State.CONNECTED) {
                state = State.CLOSING;
                closedHere = closeInfo;
            } else if (state != State.CONNECTING) {
                return;
            }
        }
        if (open == null) {
            // https://www.w3.org/TR/webtransport/#dom-webtransport-close
            fail(new LP2PException(
                    LP2PException.Name.WEB_TRANSPORT_ERROR, "The transport was closed before it was ready"));
        } else {
            drain();
            context.post(() -> open.close(closeInfo.closeCode(), closeInfo.reason()));
        }
    }

    @Override
    public CompletableFuture<WebTransportBidirectionalStream> createBidirectionalStream() {
        return whenReady().thenApply(open -> newStream(open, true));
    }

    @Override
    public CompletableFuture<WebTransportSendStream> createUnidirectionalStream() {
        return whenReady().thenApply(open -> newStream(open, false).writable());
    }

    @Override
    public IncomingStreams<WebTransportBidirectionalStream> incomingBidirectionalStreams() {
        return bidirectional;
    }

    @Override
    public IncomingStreams<WebTransportReceiveStream> incomingUnidirectionalStreams() {
        return unidirectional;
    }

    @Override
    public TransportDatagrams datagrams() {
        return datagrams;
    }

    @Override
    public CompletableFuture<WebTransportConnectionStats> getStats() {
        CompletableFuture<WebTransportConnectionStats> result = new CompletableFuture<>();
        whenReady()
                .thenAccept(open -> context.loop().execute(() -> open.stats()
                        .whenComplete((stats, failure) -> complete(() -> {
                            if (failure != null) {
                                result.completeExceptionally(over());
                            } else {
                                result.complete(new WebTransportConnectionStats(
                                        stats.bytesSent(),
                                        stats.bytesSentAgain(),
                                        stats.packetsSent(),
                                        stats.bytesLost(),
                                        stats.packetsLost(),
                                        stats.bytesReceived(),
                                        stats.packetsReceived(),
                                        stats.smoothedRoundTrip(),
                                        stats.deliveryRate(),
                                        datagrams.stats()));
                            }
                        }))))
                .exceptionally(failure -> {
                    result.completeExceptionally(Failures.of(failure));
                    return null;
                });
        return result;
    }

    @Override
    public StreamListener onStream(TransportStream stream) {
        DuplexStream incoming = DuplexStream.incoming(context, traffic, stream);
        if (stream.isBidirectional()) {
            bidirectional.add(incoming);
        } else {
            unidirectional.add(incoming);
        }
        return incoming;
    }

    @Override
    public void onDatagram(ByteBuf datagram) {
        datagrams.onDatagram(datagram);
    }

    // https://www.w3.org/TR/webtransport/#webtransport-session
    @Override
    public void onClosed(ConnectionCloseReason reason) {
        WebTransportCloseInfo ours;
        synchronized (lock) {
            if (state == State.OVER) {
                return;
            }
            ours = closedHere;
        }
        if (ours != null) {
            end(ours);
        } else if (reason.kind() == ConnectionCloseReason.Kind.PEER) {
            end(new WebTransportCloseInfo(reason.errorCode(), reason.reason()));
        } else if (reason.kind() == ConnectionCloseReason.Kind.NETWORK_LOST) {
            fail(new LP2PException(
                    LP2PException.Name.WEB_TRANSPORT_ERROR,
                    "Nothing was heard of the peer for too long: it is gone, or the network is; connect again"));
        } else {
            fail(new LP2PException(
                    LP2PException.Name.WEB_TRANSPORT_ERROR,
                    "The transport broke, or the peer refused it; make a new one"));
        }
    }

    /** Closed in order; on the loop. */
    private void end(WebTransportCloseInfo info) {
        synchronized (lock) {
            state = State.OVER;
        }
        bidirectional.finish();
        unidirectional.finish();
        datagrams.finish(over());
        complete(() -> {
            draining.complete(null);
            closed.complete(info);
        });
    }

    private DuplexStream newStream(Connection open, boolean isBidirectional) {
        DuplexStream stream = DuplexStream.outgoing(context, traffic, isBidirectional);
        boolean isPosted = context.post(() ->
                stream.attach(isBidirectional ? open.openBidirectional(stream) : open.openUnidirectional(stream)));
        if (!isPosted) {
            throw over();
        }
        return stream;
    }

    /** The connection; at once where there is one. */
    private CompletableFuture<Connection> whenReady() {
        synchronized (lock) {
            return switch (state) {
                case CONNECTED -> CompletableFuture.completedFuture(connection);
                case CONNECTING -> ready.thenCompose(done -> whenReady());
                case CLOSING, OVER -> CompletableFuture.failedFuture(over());
            };
        }
    }

    private void complete(Runnable completion) {
        Completions.run(context.listeners(), completion);
    }

    private static LP2PException over() {
        return new LP2PException(LP2PException.Name.INVALID_STATE_ERROR, "The transport is closed; make a new one");
    }

    private enum State {
        CONNECTING,
        CONNECTED,
        /** Closed here, and the other side is being told. */
        CLOSING,
        OVER
    }
}
