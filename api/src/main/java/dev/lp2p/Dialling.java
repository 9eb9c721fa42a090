package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A connection on the session with a device: the one there is, or one that is dialled for it. Belongs to the loop. */
final class Dialling {

    private final LocalPeerToPeerManager manager;
    private final DiscoveredAgent target;
    private final ConnectionTerms terms;
    private final CompletableFuture<LP2PConnectionImpl> result = new CompletableFuture<>();
    private boolean wasRepeated;
    private boolean isWanted = true;
    private boolean isDialling;
    private boolean isGivenUp;

    Dialling(LocalPeerToPeerManager manager, DiscoveredAgent target, ConnectionTerms terms) {
        this.manager = manager;
        this.target = target;
        this.terms = terms;
    }

    /** Completes on the loop, also when it is given up. */
    CompletableFuture<LP2PConnectionImpl> begin() {
        dial();
        return result;
    }

    /** As {@link #begin}, but nobody is asked anything: a device that wants a code is as one that does not answer. */
    CompletableFuture<LP2PConnectionImpl> beginSilently() {
        isWanted = false;
        return begin();
    }

    /** Takes every question off the screen, and closes what comes all the same. */
    void giveUp() {
        if (!isGivenUp && !result.isDone()) {
            isGivenUp = true;
            if (isDialling && isWanted) {
                isWanted = false;
                manager.prompts().notWanted(target.fingerprint());
            }
        }
    }

    private void dial() {
        isDialling = true;
        manager.prompts().dialBegan(target.fingerprint(), isWanted);
        manager.agent().connect(target).whenComplete((session, failure) -> {
            isDialling = false;
            manager.prompts().dialEnded(target.fingerprint(), isWanted);
            if (failure != null) {
                result.completeExceptionally(failure);
                return;
            }
            PeerSession used = manager.sessions().of(session);
            if (isGivenUp) {
                result.cancel(false);
            } else {
                // In a later turn of the loop, when the session knows of its end.
                used.request(terms)
                        .whenCompleteAsync(
                                (connection, problem) -> {
                                    try {
                                        onAnswer(used, connection, problem);
                                    } catch (RuntimeException unreadable) {
                                        // Whether the device is known cannot be said.
                                        result.completeExceptionally(unreadable);
                                    }
                                },
                                manager.loop());
            }
        });
    }

    private void onAnswer(PeerSession used, @Nullable LP2PConnectionImpl connection, @Nullable Throwable failure) {
        if (connection != null && !isGivenUp) {
            connection.foundAt(target, manager.agent());
            result.complete(connection);
        } else if (connection != null) {
            connection.close();
            result.cancel(false);
        } else if (used.hasEnded() && !wasRepeated && !isGivenUp && isKnown()) {
            // The session ended while it was asked, such as one that was about to close as unused.
            wasRepeated = true;
            dial();
        } else {
            result.completeExceptionally(failure);
        }
    }

    private boolean isKnown() {
        return manager.settings().peers().find(target.fingerprint()).isPresent();
    }
}
