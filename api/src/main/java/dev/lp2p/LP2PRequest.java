package dev.lp2p;

import dev.lp2p.Consent.ChosenPeer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A request for a connection to a device that the user chooses. The program learns nothing of any device but the one
 * that was chosen, and of that one only once it is authenticated.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-request">LP2PRequest</a>
 */
public final class LP2PRequest {

    private final LocalPeerToPeerManager manager;
    private final Origin origin;
    private final LP2PRequestOptions options;
    private final AtomicBoolean wasStarted = new AtomicBoolean();
    private final ConnectionSource source;

    // Ours: a page has one origin.
    /** @param origin on whose behalf it asks, a site that this program serves or speaks for */
    public LP2PRequest(LocalPeerToPeerManager manager, Origin origin, LP2PRequestOptions options) {
        this.manager = manager;
        this.origin = origin;
        this.options = options;
        this.source = new ConnectionSource(manager.connections(origin), this::startIfNew);
    }

    /** Asks for the program itself. */
    public LP2PRequest(LocalPeerToPeerManager manager, LP2PRequestOptions options) {
        this(manager, manager.settings().origin(), options);
    }

    /** Asks for the program itself, without a nickname. */
    public LP2PRequest(LocalPeerToPeerManager manager) {
        this(manager, LP2PRequestOptions.DEFAULT);
    }

    /**
     * Asks the user for a device, authenticates it unless it is known, and connects: on the session that there is with the
     * device, or a new one. May be called again, for another connection. Ours: cancelling the future, or completing it
     * otherwise such as by {@code orTimeout}, takes every question off the screen and gives up.
     *
     * @return fails with an {@link LP2PException}: {@code NotAllowedError} if the user dismissed the question, which the
     *     future of a web site never tells, or a device could not be authenticated; {@code NotFoundError} if the device is
     *     gone, or nobody there takes the connection; {@code NetworkError} if it does not answer; {@code AbortError} if the
     *     authentication was cancelled; {@code OperationError} if too many questions wait for the user
     */
    public CompletableFuture<LP2PConnection> start() {
        wasStarted.set(true);
        return give(new ConnectionRequest(manager, origin, nickname(), Optional.empty()).start());
    }

    /** @see LocalPeerToPeerManager#connect */
    CompletableFuture<LP2PConnection> start(Function<PeerChoice, CompletionStage<Optional<ChosenPeer>>> tool) {
        wasStarted.set(true);
        return give(new ConnectionRequest(manager, origin, nickname(), Optional.of(tool)).start());
    }

    // Ours: a page that was reloaded has its peer back.
    /**
     * Connects to the device that this origin used last, without a question to anybody, if what the user granted for
     * longer than once allows that. Cancelling the future gives up.
     *
     * @return fails with an {@link LP2PException}: {@code NotFoundError} if there is no such grant, the device is not on
     *     the network, or nobody there takes the connection; otherwise as {@link #start()}
     */
    public CompletableFuture<LP2PConnection> resume() {
        wasStarted.set(true);
        return give(new ResumedRequest(manager, origin, nickname()).start());
    }

    private CompletableFuture<LP2PConnection> give(CompletableFuture<LP2PConnectionImpl> running) {
        CompletableFuture<LP2PConnection> result = new CompletableFuture<>();
        running.whenComplete((connection, failure) -> {
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            source.give(connection);
            if (!result.complete(connection)) {
                connection.close();
            }
        });
        // Cancelled, or otherwise not wanted any more, such as by a timeout.
        result.whenComplete((connection, failure) -> running.cancel(true));
        return result;
    }

    private Optional<String> nickname() {
        return ConsentRules.nickname(Optional.ofNullable(options.nickname()));
    }

    ConnectionSource source() {
        return source;
    }

    private CompletableFuture<?> startIfNew() {
        return wasStarted.compareAndSet(false, true) ? start() : CompletableFuture.completedFuture(null);
    }
}
