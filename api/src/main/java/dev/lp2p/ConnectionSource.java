package dev.lp2p;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connections of a request or a receiver, as a transport or a listener uses them that was made from it. */
final class ConnectionSource {

    private final ConnectionContext context;
    private final Supplier<CompletableFuture<?>> start;
    private final List<Consumer<LP2PConnectionImpl>> takers = new CopyOnWriteArrayList<>();
    private volatile @Nullable LP2PConnectionImpl latest;

    /** @param start starts the request or receiver, unless that was done before; fails as its {@code start()} does */
    ConnectionSource(ConnectionContext context, Supplier<CompletableFuture<?>> start) {
        this.context = context;
        this.start = start;
    }

    ConnectionContext context() {
        return context;
    }

    CompletableFuture<?> startIfNew() {
        return start.get();
    }

    /**
     * Has each connection that comes from now on given to {@code taker} too, before the program gets it; on the callback
     * executor. A receiver without a listener keeps a connection that somebody takes.
     */
    void addTaker(Consumer<LP2PConnectionImpl> taker) {
        takers.add(taker);
    }

    void removeTaker(Consumer<LP2PConnectionImpl> taker) {
        takers.remove(taker);
    }

    boolean isTaken() {
        return !takers.isEmpty();
    }

    /** The connection that came last, while it is open. */
    Optional<LP2PConnectionImpl> open() {
        return Optional.ofNullable(latest)
                .filter(connection -> connection.readyState() == LP2PConnection.ReadyState.OPEN);
    }

    /** On the callback executor. */
    void give(LP2PConnectionImpl connection) {
        latest = connection;
        takers.forEach(taker -> EventQueue.call(() -> taker.accept(connection)));
    }
}
