package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.authentication.AuthenticationPolicy;
import dev.lp2p.osp.authentication.RecordingPrompts;
import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.RecordingChannel;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.PskInputMethod;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.ByteBufAllocator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent without a network: what it knows, its user, and what it heard of the sessions that it was given. */
final class TestAgent implements SessionLifecycle {

    final String name;
    final Fingerprint fingerprint;
    final InMemoryPeerStore peers = new InMemoryPeerStore();
    final RecordingPrompts prompts = new RecordingPrompts();
    final AuthenticationPolicy policy;
    final List<Session> sessions = new ArrayList<>();
    final List<OspException> failures = new ArrayList<>();
    final List<SessionCloseReason> closed = new ArrayList<>();
    final List<IncomingConnectionRequest> requests = new ArrayList<>();
    final List<PeerConnection> connections = new ArrayList<>();
    final List<SessionCloseReason> closedConnections = new ArrayList<>();
    final List<Connection> transports = new ArrayList<>();
    final Map<PeerConnection, List<RecordingChannel>> incomingOf = new HashMap<>();
    Consumer<Session> onSession = session -> {};
    Consumer<PeerConnection> onConnection = connection -> {};
    Consumer<String> onEnd = what -> {};
    final List<RecordingChannel> incoming = new ArrayList<>();
    int easeOfInput = 50;
    int minBits = 20;
    List<String> locales = List.of("de");
    Set<Long> capabilities = Set.of(AgentCapability.DATA_CHANNELS, AgentCapability.ORIGINS);
    boolean listens = true;

    /** Whether requests are accepted at once. */
    boolean accepts = true;

    /** Whether connections have a listener at once. */
    boolean hears = true;

    final SessionListener sessionListener = new SessionListener() {
        @Override
        public void onConnectionRequest(IncomingConnectionRequest request) {
            requests.add(request);
            if (accepts) {
                accept(request);
            }
        }

        @Override
        public void onClosed(SessionCloseReason reason) {
            onEnd.accept("session");
            closed.add(reason);
        }
    };

    private final SimulatedLoop loop;
    private final ByteBufAllocator allocator;

    TestAgent(String name, SimulatedLoop loop, ByteBufAllocator allocator) {
        this.name = name;
        this.fingerprint = TestFingerprints.of(name);
        this.loop = loop;
        this.allocator = allocator;
        this.policy = new AuthenticationPolicy(loop);
    }

    TestAgent withEase(int ease) {
        easeOfInput = ease;
        return this;
    }

    OspSession start(Connection connection, @Nullable String token, @Nullable String instanceName) {
        return OspSession.start(connection, context(), token, instanceName, this);
    }

    SessionContext context() {
        return new SessionContext(
                loop,
                loop,
                allocator,
                new SecureRandom(),
                fingerprint,
                () -> new AgentInfo(name, "", capabilities, "abcdefgh", locales),
                peers,
                new AuthCapabilities(easeOfInput, Set.of(PskInputMethod.NUMERIC), minBits),
                policy,
                prompts);
    }

    void knows(TestAgent peer) {
        peers.put(new KnownPeer(peer.fingerprint, peer.name, loop.instant(), loop.instant()));
    }

    boolean hasKnown(TestAgent peer) {
        return peers.find(peer.fingerprint).isPresent();
    }

    /** Asks for a connection. */
    CompletableFuture<PeerConnection> request(String origin) {
        return session().requestConnection(origin, name).thenApply(this::take).toCompletableFuture();
    }

    PeerConnection accept(IncomingConnectionRequest request) {
        return take(request.accept(name));
    }

    private PeerConnection take(PeerConnection connection) {
        connections.add(connection);
        if (hears) {
            hear(connection);
        }
        onConnection.accept(connection);
        return connection;
    }

    /** The connection that came last. */
    PeerConnection connection() {
        return connections.get(connections.size() - 1);
    }

    Session session() {
        return sessions.get(sessions.size() - 1);
    }

    OspException.Kind failure() {
        return failures.get(failures.size() - 1).kind();
    }

    @Override
    public void onAuthenticated(Session session) {
        sessions.add(session);
        if (listens) {
            session.setListener(sessionListener);
        }
        onSession.accept(session);
    }

    @Override
    public void onFailed(OspException failure) {
        failures.add(failure);
    }

    void hear(PeerConnection connection) {
        connection.setListener(new PeerConnectionListener() {
            @Override
            public DataChannelListener onDataChannel(DataChannel channel) {
                RecordingChannel recording = new RecordingChannel();
                recording.channel = channel;
                incoming.add(recording);
                incomingOf
                        .computeIfAbsent(connection, first -> new ArrayList<>())
                        .add(recording);
                return recording;
            }

            @Override
            public void onTransport(Connection transport) {
                transports.add(transport);
            }

            @Override
            public void onClosed(SessionCloseReason reason) {
                onEnd.accept("connection");
                closedConnections.add(reason);
            }
        });
    }
}
