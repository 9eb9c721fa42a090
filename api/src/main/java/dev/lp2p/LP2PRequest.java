package dev.lp2p;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A request for a connection to a device that the user chooses. The program learns nothing of any device but the one
 * that was chosen, and of that one only once it is authenticated.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-request">LP2PRequest</a>
 */
public final class LP2PRequest implements ConnectionSource {

    private final LocalPeerToPeerManager manager;
    private final LP2PRequestOptions options;
    private final AtomicBoolean wasStarted = new AtomicBoolean();
    private final List<Consumer<LP2PConnectionImpl>> takers = new CopyOnWriteArrayList<>();

    public LP2PRequest(LocalPeerToPeerManager manager, LP2PRequestOptions options) {
        this.manager = manager;
        this.options = options;
    }

    public LP2PRequest(LocalPeerToPeerManager manager) {
        this(manager, LP2PRequestOptions.DEFAULT);
    }

    /**
     * Asks the user for a device, authenticates it unless it is known, and connects. Ours: cancelling the future takes
     * every question off the screen and gives up.
     *
     * @return fails with an {@link LP2PException}: {@code NotAllowedError} if the user dismissed the question or a device
     *     could not be authenticated, {@code NotFoundError} if the device is gone, {@code NetworkError} if it does not
     *     answer, {@code AbortError} if the authentication was cancelled, {@code InvalidStateError} if a connection with
     *     the device is open
     */
    public CompletableFuture<LP2PConnection> start() {
        wasStarted.set(true);
        CompletableFuture<LP2PConnectionImpl> running =
                new ConnectionRequest(manager, Optional.ofNullable(options.nickname())).start();
        CompletableFuture<LP2PConnection> result = new CompletableFuture<>();
        running.whenComplete((connection, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            takers.forEach(taker -> EventQueue.call(() -> taker.accept(connection)));
            if (!result.complete(connection)) {
                connection.close();
            }
        });
        result.whenComplete((connection, failure) -> {
            if (result.isCancelled()) {
                running.cancel(true);
            }
        });
        return result;
    }

    @Override
    public CompletableFuture<?> startIfNew() {
        return wasStarted.compareAndSet(false, true) ? start() : CompletableFuture.completedFuture(null);
    }

    @Override
    public void addTaker(Consumer<LP2PConnectionImpl> taker) {
        takers.add(taker);
    }

    @Override
    public void removeTaker(Consumer<LP2PConnectionImpl> taker) {
        takers.remove(taker);
    }

    ConnectionContext context() {
        return manager.context();
    }
}
