package dev.lp2p;

import dev.lp2p.LP2PConnection.CloseReason;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated sessions, one for each pair of agents, on which the receivers and requests of all origins have their
 * connections; and the connections that are to come back. Every method belongs to the loop.
 */
final class SessionHub {

    /** What is still on its way when the manager closes has this long to leave. */
    static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final LocalPeerToPeerManager manager;
    private final IdentityHashMap<Session, PeerSession> sessions = new IdentityHashMap<>();
    private final Map<LP2PConnectionImpl, Reconnection> reconnections = new HashMap<>();

    /** Completes when nothing is open any more, while the manager closes. */
    private @Nullable CompletableFuture<Void> leaving;

    SessionHub(LocalPeerToPeerManager manager) {
        this.manager = manager;
    }

    /** What a session is used for; the hub hears of it from now on. */
    PeerSession of(Session session) {
        PeerSession existing = sessions.get(session);
        if (existing != null) {
            return existing;
        }
        PeerSession used = new PeerSession(manager, this, session);
        sessions.put(session, used);
        session.setListener(used);
        return used;
    }

    /** A peer dialled. */
    PeerSession onIncoming(Session session) {
        // Who dialled sets the listener that this returns.
        PeerSession used = new PeerSession(manager, this, session);
        sessions.put(session, used);
        return used;
    }

    void onEnded(PeerSession session, SessionCloseReason reason) {
        sessions.remove(session.session());
        Fingerprint peer = session.peer().fingerprint();
        if (reason == SessionCloseReason.NETWORK_LOST || reason == SessionCloseReason.REPLACED) {
            manager.loop()
                    .schedule(() -> endOfSession(peer), LP2PSettings.RECONNECT_TIME.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            endOfSession(peer);
        }
    }

    /** Closes at once what is open under a grant, or is to be opened again under it. */
    void revoke(Predicate<ConnectionTerms> revoked) {
        List.copyOf(sessions.values()).forEach(session -> session.revoke(revoked));
        List.copyOf(reconnections.entrySet()).stream()
                .filter(entry -> revoked.test(entry.getKey().terms()))
                .forEach(entry -> stopReconnecting(entry.getKey()));
    }

    /** A receiver takes no connection any more. */
    void receiverStopped() {
        sessions.values().forEach(PeerSession::receiverStopped);
    }

    /** Closes all, after what was sent has left, or at the latest after {@link #LAST_WORDS}. */
    CompletableFuture<Void> closeInOrder() {
        CompletableFuture<Void> left = new CompletableFuture<>();
        leaving = left;
        manager.loop().schedule(() -> left.complete(null), LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        List.copyOf(sessions.values()).forEach(PeerSession::closeConnections);
        connectionEnded();
        return left.thenRun(this::closeAll);
    }

    List<OpenConnection> open() {
        return sessions.values().stream().flatMap(PeerSession::open).toList();
    }

    void closeAll() {
        List.copyOf(reconnections.keySet()).forEach(this::stopReconnecting);
        List.copyOf(sessions.values()).forEach(session -> session.close(CloseReason.CLOSED_HERE));
    }

    /** A connection has ended, of whichever session. */
    void connectionEnded() {
        if (leaving != null && sessions.values().stream().noneMatch(PeerSession::hasConnections)) {
            leaving.complete(null);
        }
    }

    void reconnect(LP2PConnectionImpl lost) {
        if (lost.terms().isOutgoing() && !reconnections.containsKey(lost)) {
            Reconnection reconnection = new Reconnection(manager, lost, () -> reconnections.remove(lost));
            reconnections.put(lost, reconnection);
            reconnection.begin();
        }
    }

    void stopReconnecting(LP2PConnectionImpl lost) {
        Reconnection reconnection = reconnections.remove(lost);
        if (reconnection != null) {
            reconnection.stop();
        }
    }

    private void endOfSession(Fingerprint peer) {
        boolean isBack = sessions.values().stream()
                .anyMatch(session -> session.peer().fingerprint().equals(peer));
        if (!isBack) {
            manager.decided().sessionEnded(peer);
        }
    }
}
