package dev.lp2p;

import dev.lp2p.LP2PConnection.CloseReason;
import dev.lp2p.osp.session.IncomingConnectionRequest;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The session with one peer, and everything on it. Every method belongs to the loop. */
final class PeerSession implements SessionListener, LP2PConnectionImpl.Owner {

    /** How long a session stays that nobody uses, so that the next connection is there at once. */
    static final Duration LINGER = Duration.ofSeconds(10);

    /** How often it is seen whether another process revoked what connections are open under. */
    static final Duration REVOCATION_CHECK = Duration.ofSeconds(10);

    /** The peer's requests that wait for their answer; more are refused at once. */
    static final int MAX_WAITING_REQUESTS = 16;

    private final LocalPeerToPeerManager manager;
    private final SessionHub hub;
    private final Session session;
    private final Set<LP2PConnectionImpl> connections = new LinkedHashSet<>();
    private final Set<IncomingConnection> incoming = new LinkedHashSet<>();
    private int outgoing;
    private @Nullable Future<?> linger;
    private @Nullable Future<?> revocationCheck;
    private boolean ended;

    PeerSession(LocalPeerToPeerManager manager, SessionHub hub, Session session) {
        this.manager = manager;
        this.hub = hub;
        this.session = session;
        lingerIfUnused();
    }

    Session session() {
        return session;
    }

    Peer peer() {
        return new Peer(DisplayNames.clean(session.peerInfo().displayName()), session.peerFingerprint());
    }

    boolean hasEnded() {
        return ended;
    }

    /** Asks the peer for a connection. */
    CompletionStage<LP2PConnectionImpl> request(ConnectionTerms terms) {
        outgoing++;
        lingerIfUnused();
        return session.requestConnection(
                        terms.key().origin().value(), terms.nickname().orElse(""))
                .handle((wire, failure) -> {
                    outgoing--;
                    CompletableFuture<LP2PConnectionImpl> result = new CompletableFuture<>();
                    if (failure == null) {
                        result.complete(adopt(wire, terms));
                    } else {
                        result.completeExceptionally(failure);
                        lingerIfUnused();
                    }
                    return result;
                })
                .thenCompose(result -> result);
    }

    /** Makes the program's side of a connection. */
    LP2PConnectionImpl adopt(PeerConnection wire, ConnectionTerms terms) {
        LP2PConnectionImpl connection = new LP2PConnectionImpl(
                wire, peer(), terms, manager.connections(terms.key().origin()), this);
        connections.add(connection);
        lingerIfUnused();
        checkGrantsIfUsed();
        connection.begin();
        return connection;
    }

    /** A request was answered, or is moot. */
    void answered(IncomingConnection request) {
        incoming.remove(request);
        lingerIfUnused();
    }

    /** A receiver takes no connection any more. */
    void receiverStopped() {
        incoming.forEach(IncomingConnection::receiverStopped);
    }

    void revoke(Predicate<ConnectionTerms> revoked) {
        List.copyOf(connections).stream()
                .filter(connection -> revoked.test(connection.terms()))
                .forEach(connection -> connection.closeNow(CloseReason.REVOKED));
    }

    boolean hasConnections() {
        return !connections.isEmpty();
    }

    /** Closes the connections after what was sent on them has left. */
    void closeConnections() {
        List.copyOf(connections).forEach(LP2PConnection::close);
    }

    Stream<OpenConnection> open() {
        return connections.stream().map(LP2PConnectionImpl::described);
    }

    void close(CloseReason reason) {
        List.copyOf(connections).forEach(connection -> connection.closeNow(reason));
        if (!ended) {
            session.close(SessionCloseReason.CLOSED_HERE);
            end(SessionCloseReason.CLOSED_HERE);
        }
    }

    @Override
    public void onConnectionRequest(IncomingConnectionRequest request) {
        if (incoming.size() >= MAX_WAITING_REQUESTS) {
            request.refuse();
            return;
        }
        IncomingConnection asked = new IncomingConnection(manager, this, request);
        incoming.add(asked);
        lingerIfUnused();
        asked.begin();
    }

    @Override
    public void onClosed(SessionCloseReason reason) {
        end(reason);
    }

    @Override
    public CompletableFuture<Boolean> askToExtend(LP2PConnectionImpl connection) {
        return manager.rules()
                .extendIdle(connection.peer(), connection.terms().key().origin());
    }

    @Override
    public void onEnded(LP2PConnectionImpl connection, CloseReason reason) {
        connections.remove(connection);
        checkGrantsIfUsed();
        manager.disconnected(connection);
        boolean isOnce = connection.terms().lifetime() == Grant.Lifetime.ONCE;
        if (reason == CloseReason.NETWORK_LOST && !connection.terms().isOutgoing() && isOnce) {
            manager.decided().lost(connection.terms().key());
        }
        boolean isImplied = connection.wire().id().isEmpty();
        if (isImplied) {
            // A peer that does not tell connections apart learns of the end by the session's only.
            close(CloseReason.CLOSED_HERE);
        } else {
            lingerIfUnused();
        }
        hub.connectionEnded();
    }

    @Override
    public void onReconnectWanted(LP2PConnectionImpl connection) {
        hub.reconnect(connection);
    }

    @Override
    public void onReconnectUnwanted(LP2PConnectionImpl connection) {
        manager.decided().comesBackNoMore(connection.terms().key());
        hub.stopReconnecting(connection);
    }

    private void end(SessionCloseReason reason) {
        if (ended) {
            return;
        }
        ended = true;
        lingerIfUnused();
        List.copyOf(incoming).forEach(IncomingConnection::moot);
        hub.onEnded(this, reason);
    }

    private void checkGrantsIfUsed() {
        if (connections.isEmpty() && revocationCheck != null) {
            revocationCheck.cancel(false);
            revocationCheck = null;
        } else if (!connections.isEmpty() && revocationCheck == null) {
            revocationCheck = manager.loop()
                    .schedule(
                            () -> {
                                revocationCheck = null;
                                revokeWhatOthersWithdrew();
                                checkGrantsIfUsed();
                            },
                            REVOCATION_CHECK.toMillis(),
                            TimeUnit.MILLISECONDS);
        }
    }

    private void revokeWhatOthersWithdrew() {
        // Many connections are open under few grants.
        Map<Grant.Key, Boolean> isAllowed = new HashMap<>();
        Map<Origin, Boolean> isBlocked = new HashMap<>();
        revoke(terms -> isBlocked.computeIfAbsent(terms.key().origin(), manager.rules()::isBlocked)
                || (terms.lifetime() == Grant.Lifetime.ALWAYS
                        && !isAllowed.computeIfAbsent(terms.key(), manager.decided()::isAllowed)));
    }

    private void lingerIfUnused() {
        boolean isUnused = connections.isEmpty() && incoming.isEmpty() && outgoing == 0 && !ended;
        if (isUnused && linger == null) {
            linger = manager.loop()
                    .schedule(() -> close(CloseReason.CLOSED_HERE), LINGER.toMillis(), TimeUnit.MILLISECONDS);
        } else if (!isUnused && linger != null) {
            linger.cancel(false);
            linger = null;
        }
    }
}
