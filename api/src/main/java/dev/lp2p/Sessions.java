package dev.lp2p;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingRequest;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * The authenticated sessions that a program uses, each for one connection: no peer tells the origins on it apart yet.
 * Every method belongs to the loop.
 */
final class Sessions {

    private final LocalPeerToPeerManager manager;
    private final IdentityHashMap<Session, LP2PConnectionImpl> used = new IdentityHashMap<>();

    /** What the user is asked of a session; moot once that has ended, or who dials again and again piles up questions. */
    private final IdentityHashMap<Session, Future<?>> questions = new IdentityHashMap<>();

    Sessions(LocalPeerToPeerManager manager) {
        this.manager = manager;
    }

    /** Makes the connection of a session, unless it has one. */
    Optional<LP2PConnectionImpl> adopt(Session session) {
        if (used.containsKey(session)) {
            return Optional.empty();
        }
        LP2PConnectionImpl connection = newConnection(session);
        session.setListener(connection);
        return Optional.of(connection);
    }

    void closeUnlessUsed(Session session) {
        if (!used.containsKey(session)) {
            session.close(SessionCloseReason.CLOSED_HERE);
        }
    }

    void closeAll() {
        List.copyOf(used.values()).forEach(connection -> connection.closeNow(SessionCloseReason.CLOSED_HERE));
    }

    /**
     * A peer dialled. No receiver and a user who declines look alike to it: the session ends.
     *
     * @return who hears of the session, and keeps what comes before the user has answered
     */
    SessionListener onIncoming(Session session) {
        LP2PConnectionImpl connection = newConnection(session);
        Optional<LP2PReceiver> receiver = manager.advertising().receiver();
        if (receiver.isEmpty()) {
            manager.loop().execute(() -> connection.closeNow(SessionCloseReason.CLOSED_HERE));
        } else {
            offer(session, connection, receiver.get());
        }
        return connection;
    }

    private void offer(Session session, LP2PConnectionImpl connection, LP2PReceiver receiver) {
        IncomingRequest request = new IncomingRequest(connection.peer(), receiver.nickname());
        CompletableFuture<Decision> asked = manager.ask(() -> manager.consent().allowIncoming(request));
        questions.put(session, asked);
        asked.whenCompleteAsync(
                (decision, failure) -> {
                    if (failure != null || decision != Decision.ALLOW_ONCE) {
                        manager.loop().execute(() -> connection.closeNow(SessionCloseReason.CLOSED_HERE));
                        return;
                    }
                    EventQueue.call(() -> manager.consent().connected(connection.peer()));
                    receiver.deliver(connection);
                },
                manager.callbacks());
    }

    private LP2PConnectionImpl newConnection(Session session) {
        LP2PConnectionImpl connection = new LP2PConnectionImpl(
                session, manager.loop(), manager.settings(), manager.callbacks(), () -> onEnded(session));
        used.put(session, connection);
        return connection;
    }

    private void onEnded(Session session) {
        used.remove(session);
        Future<?> question = questions.remove(session);
        if (question != null) {
            question.cancel(true);
        }
    }
}
