package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a device that was lost with the network and connects to it again, pinned to its key, without asking anybody:
 * what the user granted still holds, or it ends. Belongs to the loop.
 */
final class Reconnection implements DiscoveryListener {

    /** After a try that failed; each further one doubles it. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LocalPeerToPeerManager manager;
    private final LP2PConnectionImpl lost;
    private final Fingerprint peer;
    private final Runnable onEnded;
    private Duration pause = FIRST_PAUSE;
    private @Nullable AutoCloseable discovery;
    private @Nullable DiscoveredAgent found;
    private @Nullable Dialling dialling;
    private @Nullable Future<?> retry;
    private @Nullable Future<?> timeout;
    private boolean ended;

    /** @param onEnded it succeeded, or gave up */
    Reconnection(LocalPeerToPeerManager manager, LP2PConnectionImpl lost, Runnable onEnded) {
        this.manager = manager;
        this.lost = lost;
        this.peer = lost.peer().fingerprint();
        this.onEnded = onEnded;
    }

    void begin() {
        timeout = manager.loop().schedule(this::end, lost.reconnectTimeLeft().toMillis(), TimeUnit.MILLISECONDS);
        discovery = manager.agent().discover(this);
    }

    /** Nobody wants it any more. */
    void stop() {
        if (ended) {
            return;
        }
        ended = true;
        cancel(timeout);
        cancel(retry);
        if (dialling != null) {
            dialling.giveUp();
        }
        if (discovery != null) {
            LocalPeerToPeerManager.end(discovery);
        }
    }

    @Override
    public void onFound(DiscoveredAgent agent) {
        if (agent.fingerprint().equals(peer) && !ended) {
            found = agent;
            if (dialling == null && retry == null) {
                dial(agent);
            }
        }
    }

    @Override
    public void onLost(DiscoveredAgent agent) {
        if (found != null && agent.hostname().equals(found.hostname())) {
            found = null;
        }
    }

    private void dial(DiscoveredAgent agent) {
        if (!isStillGranted()) {
            end();
            return;
        }
        dialling = new Dialling(manager, agent, lost.terms());
        dialling.beginSilently().whenComplete((connection, failure) -> {
            dialling = null;
            if (ended) {
                return;
            }
            if (failure == null) {
                manager.decided().used(lost.terms().key());
                manager.connected(connection, () -> lost.reconnected(connection));
                end();
            } else if (Failures.isOf(failure, OspException.Kind.UNAVAILABLE)) {
                // Nobody there takes it any more.
                end();
            } else {
                retry = manager.loop().schedule(this::again, pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        });
    }

    private void again() {
        retry = null;
        if (found != null) {
            dial(found);
        }
    }

    private boolean isStillGranted() {
        ConnectionTerms terms = lost.terms();
        return manager.settings().peers().find(peer).isPresent()
                && (terms.lifetime() == Grant.Lifetime.ONCE || manager.decided().isAllowed(terms.key()))
                && !manager.rules().isBlocked(terms.key().origin());
    }

    private void end() {
        stop();
        onEnded.run();
    }

    private static void cancel(@Nullable Future<?> task) {
        if (task != null) {
            task.cancel(false);
        }
    }
}
