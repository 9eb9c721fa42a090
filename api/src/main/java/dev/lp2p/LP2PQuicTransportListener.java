package dev.lp2p;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Takes the transports that peers make on the connections of a receiver. A request can be listened on too, as the draft
 * has it, but gets none: of two sides the requester is who makes them.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-quic-transport-listener">LP2PQuicTransportListener</a>
 */
public final class LP2PQuicTransportListener {

    private final IncomingTransports transports;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    /** Starts the receiver, unless it was started. */
    public LP2PQuicTransportListener(LP2PReceiver receiver, LP2PQuicTransportListenerInit init) {
        this(receiver.source());
    }

    /** As {@link #LP2PQuicTransportListener(LP2PReceiver, LP2PQuicTransportListenerInit)}. */
    public LP2PQuicTransportListener(LP2PReceiver receiver) {
        this(receiver, LP2PQuicTransportListenerInit.DEFAULT);
    }

    /** Starts the request, unless it was started. */
    public LP2PQuicTransportListener(LP2PRequest request, LP2PQuicTransportListenerInit init) {
        this(request.source());
    }

    /** As {@link #LP2PQuicTransportListener(LP2PRequest, LP2PQuicTransportListenerInit)}. */
    public LP2PQuicTransportListener(LP2PRequest request) {
        this(request, LP2PQuicTransportListenerInit.DEFAULT);
    }

    private LP2PQuicTransportListener(ConnectionSource source) {
        IncomingTransports queue = new IncomingTransports(source.context());
        this.transports = queue;
        Consumer<LP2PConnectionImpl> taker =
                connection -> connection.transports().listen(queue);
        source.addTaker(taker);
        queue.onCancelled(() -> source.removeTaker(taker));
        source.startIfNew().whenComplete((started, failure) -> {
            if (failure != null) {
                source.removeTaker(taker);
                LP2PException reason = Failures.of(failure);
                queue.fail(reason);
                ready.completeExceptionally(reason);
            } else {
                ready.complete(null);
            }
        });
    }

    /** Completes once the receiver or request is started; fails as its {@code start()} does. */
    public CompletableFuture<Void> ready() {
        return ready.copy();
    }

    /**
     * The transports, each of them ready. A few wait for a reader; more go to the connection's event {@code transport}.
     * Cancelling it ends the listener; transports that were taken stay.
     */
    public ReadableStream<LP2PQuicTransport> incomingTransports() {
        return transports;
    }
}
