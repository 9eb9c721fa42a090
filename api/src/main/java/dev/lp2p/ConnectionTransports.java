package dev.lp2p;

import dev.lp2p.osp.transport.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transports of one connection. The requester dials them. At the other side, what came goes to the constructor that
 * has waited longest, else to a listener, else to the event; a few wait for any of these, and more are refused.
 */
final class ConnectionTransports {

    /** Transports that the peer made and nobody here has taken: each may hold a connection's receive window. */
    static final int MAX_UNCLAIMED = 8;

    private final ConnectionContext context;
    private final boolean isRequester;
    private final ConnectionTraffic traffic;
    private final EventQueue events;
    private final Queue<TransportEngine> announced = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Consumer<LP2PTransportEvent> eventListener;

    // The loop's.
    private final List<TransportEngine> open = new ArrayList<>();
    private final Deque<TransportEngine> constructors = new ArrayDeque<>();
    private final List<IncomingTransports> listeners = new ArrayList<>();
    private final Deque<Connection> unclaimed = new ArrayDeque<>();
    private Supplier<CompletionStage<Connection>> dialler = () -> CompletableFuture.failedStage(new LP2PException(
            LP2PException.Name.OPERATION_ERROR, "Where the device is, is not known here; connect to it again"));
    private boolean isOver;

    ConnectionTransports(ConnectionContext context, boolean isRequester, ConnectionTraffic traffic) {
        this.traffic = traffic;
        this.context = context;
        this.isRequester = isRequester;
        this.events = new EventQueue(context.listeners(), this::deliver);
    }

    /** @throws LP2PException {@code TypeError} if the connection is none of a manager's */
    static ConnectionTransports of(LP2PConnection connection) {
        if (connection instanceof LP2PConnectionImpl ours) {
            return ours.transports();
        }
        throw new LP2PException(
                LP2PException.Name.TYPE_ERROR, "A transport needs a connection that a request or a receiver gave");
    }

    TransportEngine newEngine() {
        return new TransportEngine(context);
    }

    /** How the requester makes a transport; on the loop. */
    void setDialler(Supplier<CompletionStage<Connection>> newDialler) {
        dialler = newDialler;
    }

    /** A constructor wants a transport; from any thread. */
    void request(TransportEngine engine) {
        boolean isPosted = context.post(() -> {
            if (isOver) {
                engine.fail(connectionEnded());
            } else if (isRequester) {
                dial(engine);
            } else {
                constructors.add(engine);
                claim();
            }
        });
        if (!isPosted) {
            engine.fail(connectionEnded());
        }
    }

    /** From any thread. */
    void listen(IncomingTransports listener) {
        context.post(() -> {
            if (!isOver) {
                listeners.add(listener);
                claim();
            }
        });
    }

    /** From any thread. */
    void onTransport(Consumer<LP2PTransportEvent> listener) {
        eventListener = listener;
        context.post(this::claim);
        events.wake();
    }

    /** The peer dialled; on the loop. */
    void onTransport(Connection transport) {
        unclaimed.removeIf(Connection::isClosed);
        if (isOver || isRequester || unclaimed.size() >= MAX_UNCLAIMED) {
            transport.refuse();
            return;
        }
        unclaimed.add(transport);
        claim();
    }

    /** The connection is about to close; on the loop. */
    void drain() {
        open.forEach(TransportEngine::drain);
    }

    /** The connection ended, and its transports with it; on the loop. */
    void end(LP2PConnection.CloseReason reason) {
        isOver = true;
        unclaimed.forEach(Connection::refuse);
        unclaimed.clear();
        constructors.forEach(engine -> engine.fail(connectionEnded()));
        constructors.clear();
        listeners.clear();
        open.forEach(engine -> end(engine, reason));
        open.clear();
        events.wake();
    }

    private static void end(TransportEngine engine, LP2PConnection.CloseReason reason) {
        switch (reason) {
            case CLOSED_HERE, CLOSED_BY_PEER, IDLE -> engine.close();
            default ->
                engine.fail(new LP2PException(
                        LP2PException.Name.WEB_TRANSPORT_ERROR,
                        "The connection that the transport belongs to ended: " + reason + "; connect again"));
        }
    }

    private void dial(TransportEngine engine) {
        if (!engine.isWaiting()) {
            return;
        }
        dialler.get().whenComplete((transport, failure) -> {
            if (failure != null) {
                engine.fail(Failures.of(failure));
            } else if (isOver || !engine.take(transport)) {
                transport.close(0, "");
                engine.fail(connectionEnded());
            } else {
                keep(engine);
            }
        });
    }

    private void claim() {
        while (!unclaimed.isEmpty()) {
            Connection transport = unclaimed.element();
            TransportEngine engine = transport.isClosed() ? null : claimer(transport);
            if (engine == null && !transport.isClosed()) {
                return;
            }
            unclaimed.remove();
            if (engine != null) {
                keep(engine);
            }
        }
    }

    private @Nullable TransportEngine claimer(Connection transport) {
        for (TransportEngine engine = constructors.poll(); engine != null; engine = constructors.poll()) {
            if (engine.take(transport)) {
                return engine;
            }
        }
        listeners.removeIf(IncomingTransports::isEnded);
        for (IncomingTransports listener : listeners) {
            TransportEngine engine = listener.offer(transport);
            if (engine != null) {
                return engine;
            }
        }
        if (eventListener == null) {
            return null;
        }
        TransportEngine engine = newEngine();
        engine.take(transport);
        announced.add(engine);
        events.wake();
        return engine;
    }

    private void keep(TransportEngine engine) {
        engine.countFor(traffic);
        open.removeIf(TransportEngine::isOver);
        open.add(engine);
    }

    private void deliver() {
        Consumer<LP2PTransportEvent> listener = eventListener;
        while (listener != null && !announced.isEmpty()) {
            Consumer<LP2PTransportEvent> current = listener;
            LP2PTransportEvent event = new LP2PTransportEvent(new LP2PQuicTransport(announced.remove()));
            EventQueue.call(() -> current.accept(event));
            listener = eventListener;
        }
    }

    private static LP2PException connectionEnded() {
        return new LP2PException(
                LP2PException.Name.INVALID_STATE_ERROR,
                "The connection is closed, and no transport can be made on it; ask for a new one");
    }
}
