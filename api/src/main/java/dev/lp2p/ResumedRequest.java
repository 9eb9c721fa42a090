package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connects to the device that an origin used last, if a grant says so, and asks nobody anything. */
final class ResumedRequest implements DiscoveryListener {

    /** How long the device is looked for: it answers within a second if it is there. */
    static final Duration SEARCH_TIME = Duration.ofSeconds(10);

    private final LocalPeerToPeerManager manager;
    private final Origin origin;
    private final Optional<String> nickname;
    private final CompletableFuture<LP2PConnectionImpl> result = new CompletableFuture<>();

    // The loop's.
    private @Nullable Grant grant;
    private @Nullable AutoCloseable discovery;
    private @Nullable Future<?> timeout;
    private @Nullable Dialling dialling;

    ResumedRequest(LocalPeerToPeerManager manager, Origin origin, Optional<String> nickname) {
        this.manager = manager;
        this.origin = origin;
        this.nickname = nickname;
    }

    CompletableFuture<LP2PConnectionImpl> start() {
        try {
            manager.lookUps().add(origin, this::lookUp);
        } catch (LP2PException tooMany) {
            return CompletableFuture.failedFuture(tooMany);
        }
        result.whenComplete((connection, failure) -> {
            if (result.isCancelled()) {
                manager.post(this::giveUp);
            }
        });
        return result;
    }

    @Override
    public void onFound(DiscoveredAgent agent) {
        Grant under = grant;
        if (under != null
                && dialling == null
                && agent.fingerprint().equals(under.key().peer())) {
            orFail(() -> {
                stopSearching();
                dial(agent, under);
            });
        }
    }

    @Override
    public void onLost(DiscoveredAgent agent) {}

    /** What cannot be read, here or on the loop, leaves nobody without an answer. */
    private void orFail(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            fail(Failures.of(failure));
        }
    }

    /** On the callback executor. */
    private void lookUp() {
        if (result.isDone()) {
            return;
        }
        orFail(() -> {
            Optional<Grant> found = lastUsed();
            if (!manager.post(() -> orFail(() -> found.ifPresentOrElse(this::search, this::nothingToResume)))) {
                fail(LocalPeerToPeerManager.isClosedFailure());
            }
        });
    }

    /** Reads the whole store, and so not on the loop. */
    private Optional<Grant> lastUsed() {
        return manager.grants().stream()
                .filter(candidate -> candidate.decision() == Grant.Decision.ALLOW)
                .filter(candidate -> candidate.key().direction() == Grant.Direction.OUTGOING)
                .filter(candidate -> candidate.key().origin().equals(origin))
                .max(Comparator.comparing(ResumedRequest::timeOfUse));
    }

    private static Instant timeOfUse(Grant grant) {
        return grant.lastUsed().orElse(grant.grantedAt());
    }

    private void search(Grant found) {
        if (result.isDone()) {
            return;
        }
        if (!isStillGranted(found)) {
            nothingToResume();
            return;
        }
        grant = found;
        timeout = manager.loop()
                .schedule(
                        () -> {
                            stopSearching();
                            fail(new LP2PException(
                                    LP2PException.Name.NOT_FOUND_ERROR,
                                    "The device is not on the network; switch it on, or ask for another one"));
                        },
                        SEARCH_TIME.toMillis(),
                        TimeUnit.MILLISECONDS);
        // A device that is known already is found in this call, before there is something to close.
        AutoCloseable search = manager.agent().discover(this);
        if (dialling == null) {
            discovery = search;
        } else {
            LocalPeerToPeerManager.end(search);
        }
    }

    private void dial(DiscoveredAgent agent, Grant under) {
        ConnectionTerms terms = new ConnectionTerms(under.key(), under.lifetime(), nickname);
        Dialling begun = new Dialling(manager, agent, terms);
        dialling = begun;
        begun.beginSilently().whenComplete((connection, failure) -> {
            if (failure != null) {
                fail(Failures.of(failure));
            } else {
                connected(connection, under);
            }
        });
    }

    private void connected(LP2PConnectionImpl connection, Grant under) {
        try {
            if (isStillGranted(under)) {
                manager.decided().used(under.key());
                deliver(connection);
            } else {
                connection.closeNow(LP2PConnection.CloseReason.REVOKED);
                nothingToResume();
            }
        } catch (RuntimeException unreadable) {
            connection.close();
            fail(Failures.of(unreadable));
        }
    }

    private void deliver(LP2PConnectionImpl connection) {
        manager.callbacks().execute(() -> {
            EventQueue.call(() -> manager.consent().connected(connection.peer(), origin));
            if (!result.complete(connection)) {
                connection.close();
            }
        });
    }

    private boolean isStillGranted(Grant found) {
        return manager.decided().isAllowed(found.key())
                && manager.settings().peers().find(found.key().peer()).isPresent()
                && !manager.rules().isBlocked(origin);
    }

    private void giveUp() {
        stopSearching();
        if (dialling != null) {
            dialling.giveUp();
        }
    }

    private void stopSearching() {
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (discovery != null) {
            LocalPeerToPeerManager.end(discovery);
            discovery = null;
        }
    }

    private void nothingToResume() {
        fail(new LP2PException(
                LP2PException.Name.NOT_FOUND_ERROR,
                "No device may be connected to without a question; ask for one with start()"));
    }

    private void fail(LP2PException failure) {
        Completions.run(manager.callbacks(), () -> result.completeExceptionally(failure));
    }
}
