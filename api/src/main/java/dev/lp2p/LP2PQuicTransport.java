package dev.lp2p;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A WebTransport to a peer that a person chose and authenticated: what is sent here reaches that device and nobody else.
 * It ends with the connection that it belongs to.
 *
 * <p>Of the two sides the requester dials. At the receiver, what it dialled goes to the constructor that has waited
 * longest, else to a listener, else to the connection's event {@code transport}: a pair of constructors, one at each side,
 * makes one transport.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport">LP2PQuicTransport</a>
 */
public final class LP2PQuicTransport implements WebTransport {

    private final TransportEngine engine;

    /** A transport on a connection that there is. */
    public LP2PQuicTransport(LP2PConnection connection, LP2PQuicTransportInit init) {
        ConnectionTransports transports = ConnectionTransports.of(connection);
        this.engine = transports.newEngine();
        transports.request(engine);
    }

    /** As {@link #LP2PQuicTransport(LP2PConnection, LP2PQuicTransportInit)}. */
    public LP2PQuicTransport(LP2PConnection connection) {
        this(connection, LP2PQuicTransportInit.DEFAULT);
    }

    /**
     * Makes a transport on the request's latest connection while that is open, else on its next; starts the request, unless
     * it was started.
     */
    public LP2PQuicTransport(LP2PRequest request, LP2PQuicTransportInit init) {
        this(request.source(), request.source().open());
    }

    /** As {@link #LP2PQuicTransport(LP2PRequest, LP2PQuicTransportInit)}. */
    public LP2PQuicTransport(LP2PRequest request) {
        this(request, LP2PQuicTransportInit.DEFAULT);
    }

    /** Starts the receiver, unless it was started, and waits for a transport on one of its next connections. */
    public LP2PQuicTransport(LP2PReceiver receiver, LP2PQuicTransportInit init) {
        this(receiver.source(), Optional.empty());
    }

    /** As {@link #LP2PQuicTransport(LP2PReceiver, LP2PQuicTransportInit)}. */
    public LP2PQuicTransport(LP2PReceiver receiver) {
        this(receiver, LP2PQuicTransportInit.DEFAULT);
    }

    /** One that the peer made. */
    LP2PQuicTransport(TransportEngine engine) {
        this.engine = engine;
    }

    private LP2PQuicTransport(ConnectionSource source, Optional<LP2PConnectionImpl> open) {
        TransportEngine waiting = new TransportEngine(source.context());
        this.engine = waiting;
        if (open.isPresent()) {
            open.get().transports().request(waiting);
            return;
        }
        Consumer<LP2PConnectionImpl> taker =
                connection -> connection.transports().request(waiting);
        source.addTaker(taker);
        CompletableFuture<?> starting = source.startIfNew();
        waiting.ready().whenComplete((ready, failure) -> {
            source.removeTaker(taker);
            if (failure != null && !source.isTaken()) {
                // Nobody else waits for what this asks the user.
                starting.cancel(true);
            }
        });
        starting.whenComplete((started, failure) -> {
            if (failure != null) {
                waiting.fail(Failures.of(failure));
            } else if (started instanceof LP2PConnection own) {
                // Nobody else has the connection that was asked for here.
                waiting.closed().whenComplete((info, end) -> own.close());
            }
        });
    }

    @Override
    public CompletableFuture<Void> ready() {
        return engine.ready();
    }

    @Override
    public CompletableFuture<WebTransportCloseInfo> closed() {
        return engine.closed();
    }

    @Override
    public CompletableFuture<Void> draining() {
        return engine.draining();
    }

    @Override
    public void close(WebTransportCloseInfo closeInfo) {
        engine.close(closeInfo);
    }

    @Override
    public CompletableFuture<WebTransportBidirectionalStream> createBidirectionalStream() {
        return engine.createBidirectionalStream();
    }

    @Override
    public CompletableFuture<WebTransportSendStream> createUnidirectionalStream() {
        return engine.createUnidirectionalStream();
    }

    @Override
    public ReadableStream<WebTransportBidirectionalStream> incomingBidirectionalStreams() {
        return engine.incomingBidirectionalStreams();
    }

    @Override
    public ReadableStream<WebTransportReceiveStream> incomingUnidirectionalStreams() {
        return engine.incomingUnidirectionalStreams();
    }

    @Override
    public WebTransportDatagramDuplexStream datagrams() {
        return engine.datagrams();
    }

    @Override
    public CompletableFuture<WebTransportConnectionStats> getStats() {
        return engine.getStats();
    }
}
