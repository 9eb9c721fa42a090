package dev.lp2p;

import dev.lp2p.Consent.Decision;
import dev.lp2p.Consent.IncomingRequest;
import dev.lp2p.osp.session.IncomingConnectionRequest;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** The authenticated sessions that a program uses, with their connections. Every method belongs to the loop. */
final class Sessions {

    /** Stands for the program until origins are told apart. */
    private static final String ORIGIN = "lp2p:program";

    private final LocalPeerToPeerManager manager;
    private final IdentityHashMap<Session, Used> used = new IdentityHashMap<>();

    Sessions(LocalPeerToPeerManager manager) {
        this.manager = manager;
    }

    /** Asks the peer of a session for a connection. */
    CompletionStage<LP2PConnectionImpl> request(Session session, String nickname) {
        Used its = use(session);
        return session.requestConnection(ORIGIN, nickname)
                .thenApply(connection -> newConnection(its, connection))
                .whenComplete((connection, failure) -> its.closeIfUnused());
    }

    void closeUnlessUsed(Session session) {
        use(session).closeIfUnused();
    }

    void closeAll() {
        List.copyOf(used.keySet()).forEach(session -> session.close(SessionCloseReason.CLOSED_HERE));
    }

    /**
     * A peer dialled.
     *
     * @return who hears of the session
     */
    SessionListener listenTo(Session session) {
        Used its = new Used(session);
        used.put(session, its);
        return its;
    }

    private Used use(Session session) {
        Used its = used.get(session);
        if (its == null) {
            its = new Used(session);
            used.put(session, its);
            session.setListener(its);
        }
        return its;
    }

    private void offer(Used its, IncomingConnectionRequest wish, LP2PReceiver receiver) {
        Peer peer = its.peer();
        IncomingRequest request = new IncomingRequest(peer, receiver.nickname());
        CompletableFuture<Decision> asked = manager.ask(() -> manager.consent().allowIncoming(request));
        its.questions.add(asked);
        asked.whenCompleteAsync(
                (decision, failure) -> {
                    its.questions.removeIf(question -> question == asked);
                    if (its.ended) {
                        return;
                    }
                    if (failure != null || decision != Decision.ALLOW_ONCE) {
                        wish.refuse();
                        its.closeIfUnused();
                        return;
                    }
                    LP2PConnectionImpl connection =
                            newConnection(its, wish.accept(receiver.nickname().orElse("")));
                    manager.callbacks().execute(() -> {
                        EventQueue.call(() -> manager.consent().connected(peer));
                        receiver.deliver(connection);
                    });
                },
                manager.loop());
    }

    private LP2PConnectionImpl newConnection(Used its, PeerConnection wire) {
        LP2PConnectionImpl[] made = new LP2PConnectionImpl[1];
        LP2PConnectionImpl connection = new LP2PConnectionImpl(
                wire, its.peer(), manager.loop(), manager.settings(), manager.callbacks(), () -> {
                    its.connections.remove(made[0]);
                    its.closeIfUnused();
                });
        made[0] = connection;
        its.connections.add(connection);
        wire.setListener(connection);
        return connection;
    }

    /** A session and what it is used for. */
    private final class Used implements SessionListener {

        private final Session session;
        private final Set<LP2PConnectionImpl> connections = new HashSet<>();

        /** What the user is asked; moot once the session has ended, or who dials again and again piles up questions. */
        private final List<Future<?>> questions = new ArrayList<>();

        private boolean ended;

        Used(Session session) {
            this.session = session;
        }

        Peer peer() {
            return new Peer(DisplayNames.clean(session.peerInfo().displayName()), session.peerFingerprint());
        }

        void closeIfUnused() {
            if (!ended && connections.isEmpty() && questions.isEmpty()) {
                session.close(SessionCloseReason.CLOSED_HERE);
            }
        }

        /** No receiver and a user who declines look alike to the peer. */
        @Override
        public void onConnectionRequest(IncomingConnectionRequest request) {
            Optional<LP2PReceiver> receiver = manager.advertising().receiver();
            if (receiver.isEmpty()) {
                request.refuse();
                closeIfUnused();
            } else {
                offer(this, request, receiver.get());
            }
        }

        @Override
        public void onClosed(SessionCloseReason reason) {
            ended = true;
            used.remove(session);
            List.copyOf(questions).forEach(question -> question.cancel(true));
        }
    }
}
