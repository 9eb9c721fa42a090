package dev.lp2p.osp.agent;

import dev.lp2p.osp.authentication.AuthenticationPolicy;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.session.CloseCode;
import dev.lp2p.osp.session.OspSession;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionLifecycle;
import dev.lp2p.osp.transport.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes one session with one peer out of the connections that the two make to each other, in whatever order.
 *
 * <p>Where both dialled, the connection whose client has the smaller fingerprint stays, which both sides see alike. But an
 * authentication in progress, with a person at it, is never cut. Everything belongs to the agent's loop.
 */
final class PeerLink {

    /** How long after the end of our connection the one that the peer preferred may still come. */
    private static final Duration CROSSING = Duration.ofSeconds(1);

    /** After connections that ended each other: past the pause that an authentication which was cut brings. */
    private static final Duration REDIAL = AuthenticationPolicy.FIRST_PAUSE.plusMillis(500);

    /**
     * A peer that tries several of our addresses at once may reach us on each, and only it knows which connection it keeps.
     */
    private static final int MAX_INCOMING = 4;

    private final Fingerprint own;
    private final Fingerprint peer;
    private final Agent agent;
    private @Nullable Live live;
    private @Nullable Start outgoing;
    private final List<Start> incoming = new ArrayList<>();
    private @Nullable Wish wish;
    private boolean dialling;
    private final PeerTransports transports;

    PeerLink(Fingerprint own, Fingerprint peer, Agent agent) {
        this.own = own;
        this.peer = peer;
        this.agent = agent;
        this.transports = new PeerTransports(agent, this::trustedSession);
    }

    /** What the link asks of its agent. */
    interface Agent {

        ScheduledExecutorService loop();

        CompletionStage<Connection> dial(DiscoveredAgent target);

        CompletionStage<Connection> dialTransport(DiscoveredAgent target);

        /** Whether a person authenticated the peer, asked of the live store. */
        boolean isKnown(Fingerprint peer);

        /** @param target whom we dialled, or null if the peer did */
        OspSession start(Connection connection, @Nullable DiscoveredAgent target, SessionLifecycle lifecycle);

        /** A session that the peer began and nobody here asked for. */
        void onIncomingSession(Session session);
    }

    /** The session with the peer: the one there is, or the one that comes about. */
    CompletionStage<Session> connect(DiscoveredAgent target) {
        if (isLive() && live != null) {
            return CompletableFuture.completedStage(live.session);
        }
        if (wish == null) {
            wish = new Wish(target, new CompletableFuture<>(), new AtomicBoolean());
            if (!isIncomingPreferred()) {
                dial(wish);
                return wish.session;
            }
        }
        return wish.session;
    }

    /** The peer dialled us. */
    void onIncomingConnection(Connection connection) {
        boolean outgoingStays = outgoing != null && (outgoing.isAuthenticating() || own.compareTo(peer) < 0);
        boolean incomingStays = incoming.stream().anyMatch(Start::isAuthenticating);
        if (outgoingStays || incomingStays) {
            if (outgoingStays && wish != null) {
                wish.crossed.set(true);
            }
            refuse(connection);
            return;
        }
        Start abandoned = outgoing;
        outgoing = null;
        abandon(abandoned, SessionCloseReason.REPLACED);
        if (incoming.size() == MAX_INCOMING) {
            abandon(incoming.remove(0), SessionCloseReason.REPLACED);
        }
        Start start = new Start(connection, null);
        incoming.add(start);
        start.begin();
    }

    /** Makes a q2q connection for an LP2P connection of the session. */
    CompletionStage<Connection> dialTransport(DiscoveredAgent target, PeerConnection connection) {
        return transports.dial(target, connection);
    }

    /** The peer made a q2q connection. */
    void onIncomingTransport(Connection transport) {
        transports.onIncoming(transport);
    }

    /** Ends whatever there is with the peer. */
    void close(SessionCloseReason reason) {
        Start abandoned = outgoing;
        outgoing = null;
        abandon(abandoned, reason);
        abandonIncoming(reason);
        if (live != null) {
            live.session.close(reason);
        }
        // Those that nobody closed in order with the session.
        transports.closeAll();
        fail(new OspException(OspException.Kind.AUTHENTICATION_CANCELLED, "The connection was closed on this device"));
    }

    boolean isIdle() {
        return !isLive() && outgoing == null && incoming.isEmpty() && wish == null && !dialling && transports.isEmpty();
    }

    /** Tells the peer that our agent-info changed. */
    void sendAgentInfo() {
        if (isLive() && live != null && live.session instanceof OspSession session) {
            session.sendAgentInfo();
        }
    }

    private void dial(Wish wanted) {
        dialling = true;
        agent.dial(wanted.target).whenComplete((connection, failure) -> {
            dialling = false;
            if (failure == null) {
                onDialled(connection);
            } else if (incoming.isEmpty()) {
                fail(
                        failure instanceof OspException known
                                ? known
                                : new OspException(
                                        OspException.Kind.UNREACHABLE, "The device cannot be reached", failure));
            }
        });
    }

    private void onDialled(Connection connection) {
        Wish wanted = wish;
        if (wanted == null || isIncomingPreferred()) {
            refuse(connection);
            return;
        }
        if (!incoming.isEmpty()) {
            wanted.crossed.set(true);
        }
        Start start = new Start(connection, wanted.target);
        outgoing = start;
        abandonIncoming(SessionCloseReason.REPLACED);
        start.begin();
    }

    private boolean isIncomingPreferred() {
        return incoming.stream().anyMatch(start -> start.isAuthenticating() || peer.compareTo(own) < 0);
    }

    private @Nullable OspSession trustedSession() {
        Live current = live;
        return current != null && isLive() && agent.isKnown(peer) && current.session instanceof OspSession session
                ? session
                : null;
    }

    private boolean isLive() {
        return live != null && !live.connection.isClosed();
    }

    private void onAuthenticated(Session session, Connection connection) {
        if (isLive() && live != null && !replaces(session, live.session)) {
            session.close(SessionCloseReason.REPLACED);
            fulfil(live.session);
            return;
        }
        Live replaced = live;
        live = new Live(session, connection);
        connection.vouch();
        if (replaced != null && !replaced.connection.isClosed()) {
            replaced.session.close(SessionCloseReason.REPLACED);
            transports.closeAll();
        }
        if (!fulfil(session) && !session.isClient()) {
            agent.onIncomingSession(session);
        }
    }

    /** Whoever dials again has lost the last session; of two that crossed, the smaller client's stays. */
    private boolean replaces(Session session, Session existing) {
        if (session.isClient() == existing.isClient()) {
            return true;
        }
        return session.isClient() == (own.compareTo(peer) < 0);
    }

    private void onFailed(OspException failure, boolean wasOutgoing) {
        Wish wanted = wish;
        if (wanted == null || outgoing != null || !incoming.isEmpty() || dialling) {
            return;
        }
        boolean personWasAsked = failure.kind() == OspException.Kind.AUTHENTICATION_FAILED
                || failure.kind() == OspException.Kind.AUTHENTICATION_CANCELLED
                || failure.kind() == OspException.Kind.TOO_MANY_ATTEMPTS;
        if (personWasAsked) {
            fail(failure);
        } else if (!wasOutgoing) {
            dial(wanted);
        } else if (wanted.crossed.get() && own.compareTo(peer) < 0) {
            // Each refused the other's for its own, one of them since its user was being asked there already.
            wanted.crossed.set(false);
            later(REDIAL, wanted, () -> dial(wanted));
        } else {
            // A peer that refused ours for its own is heard of in any order.
            later(wanted.crossed.get() ? REDIAL.multipliedBy(2) : CROSSING, wanted, () -> fail(failure));
        }
    }

    private void later(Duration delay, Wish wanted, Runnable task) {
        agent.loop()
                .schedule(
                        () -> {
                            if (wanted.equals(wish) && incoming.isEmpty() && outgoing == null && !dialling) {
                                task.run();
                            }
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private boolean fulfil(Session session) {
        Wish wanted = wish;
        wish = null;
        return wanted != null && wanted.session.complete(session);
    }

    private void fail(OspException failure) {
        Wish wanted = wish;
        wish = null;
        if (wanted != null) {
            wanted.session.completeExceptionally(failure);
        }
    }

    private static void refuse(Connection connection) {
        connection.close(CloseCode.REPLACED, "");
    }

    private void abandonIncoming(SessionCloseReason reason) {
        List<Start> abandoned = List.copyOf(incoming);
        incoming.clear();
        abandoned.forEach(start -> abandon(start, reason));
    }

    private static void abandon(@Nullable Start start, SessionCloseReason reason) {
        if (start != null && start.session != null) {
            start.session.close(reason);
        }
    }

    private record Live(Session session, Connection connection) {}

    /** @param crossed whether the peer dialled us meanwhile, and we preferred our own connection */
    private record Wish(DiscoveredAgent target, CompletableFuture<Session> session, AtomicBoolean crossed) {}

    /** A connection that is to become a session; once it is in neither place any more, its end concerns nobody. */
    private final class Start implements SessionLifecycle {

        private final Connection connection;
        private final @Nullable DiscoveredAgent target;
        private @Nullable OspSession session;

        Start(Connection connection, @Nullable DiscoveredAgent target) {
            this.connection = connection;
            this.target = target;
        }

        void begin() {
            session = agent.start(connection, target, this);
        }

        boolean isAuthenticating() {
            return session != null && session.isAuthenticating();
        }

        @Override
        public void onAuthenticated(Session authenticated) {
            if (leave()) {
                PeerLink.this.onAuthenticated(authenticated, connection);
            }
        }

        @Override
        public void onFailed(OspException failure) {
            boolean wasOutgoing = outgoing == this;
            if (leave()) {
                PeerLink.this.onFailed(failure, wasOutgoing);
            }
        }

        private boolean leave() {
            if (outgoing == this) {
                outgoing = null;
                return true;
            }
            return incoming.remove(this);
        }
    }
}
