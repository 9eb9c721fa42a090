package dev.lp2p.osp.agent;

import dev.lp2p.mdns.Browsing;
import dev.lp2p.mdns.InstanceName;
import dev.lp2p.mdns.MulticastDns;
import dev.lp2p.mdns.MulticastDnsSettings;
import dev.lp2p.osp.authentication.AuthenticationPolicy;
import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.identity.AgentIdentity;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.IdentityFile;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.osp.quic.QuicEndpoint;
import dev.lp2p.osp.quic.QuicSettings;
import dev.lp2p.osp.quic.UdpSockets;
import dev.lp2p.osp.session.OspSession;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionContext;
import dev.lp2p.osp.session.SessionLifecycle;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An Open Screen Protocol agent: found by others while it advertises, and finding them. Its sessions are with peers whose
 * code a person compared on this device, now or before, and with nobody else.
 *
 * <p>Every method may be called from any thread. Results complete on the agent's loop, on which listeners and prompts are
 * called too, and must not block.
 */
public final class OspAgent implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(OspAgent.class.getName());

    /** How long {@link #close()} waits for its last words to leave. */
    private static final long CLOSE_SECONDS = 5;

    private final OspAgentSettings settings;
    private final IdentityFile identityFile;
    private final PeerStore peers;
    private final OspAgentListener listener;
    private final EventLoopGroup group;
    private final EventLoop loop;
    private final MulticastDns mdns;
    private final QuicEndpoint endpoint;
    private final SecureRandom random;
    private final AuthenticationPolicy authenticationPolicy = new AuthenticationPolicy(InstantSource.system());
    private final SessionContext sessions;
    private final Map<Fingerprint, PeerLink> links = new HashMap<>();
    private final PeerLink.Agent toLinks = new ToLinks();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile AgentIdentity identity;
    private volatile String displayName;
    private final String stateToken;
    private volatile long metadataVersion;
    private @Nullable Advertisement advertisement;

    private OspAgent(
            OspAgentSettings settings,
            IdentityFile identityFile,
            AgentIdentity identity,
            PeerStore peers,
            AuthenticationPrompts prompts,
            OspAgentListener listener,
            EventLoopGroup group,
            MulticastDns mdns,
            QuicEndpoint endpoint,
            SecureRandom random) {
        this.settings = settings;
        this.identityFile = identityFile;
        this.identity = identity;
        this.displayName = settings.displayName();
        this.stateToken = settings.metadata().stateToken();
        this.metadataVersion = settings.metadata().versionOf(ownInfo());
        this.peers = peers;
        this.listener = listener;
        this.group = group;
        this.loop = group.next();
        this.mdns = mdns;
        this.endpoint = endpoint;
        this.random = random;
        this.sessions = new SessionContext(
                loop,
                InstantSource.system(),
                PooledByteBufAllocator.DEFAULT,
                random,
                identity.fingerprint(),
                this::ownInfo,
                peers,
                settings.authCapabilities(),
                authenticationPolicy,
                prompts);
    }

    /**
     * Starts an agent that listens, but neither advertises nor looks for others yet.
     *
     * @param identityFile read, or made if there is none; written again when the name has to change
     * @throws IOException with a message for a person, if the identity cannot be read or the port is taken
     * @throws IllegalStateException if there is no QUIC library for this machine
     */
    public static OspAgent start(
            OspAgentSettings settings,
            IdentityFile identityFile,
            PeerStore peers,
            AuthenticationPrompts prompts,
            OspAgentListener listener)
            throws IOException {
        SecureRandom random = new SecureRandom();
        String instanceName = InstanceNames.withoutMark(InstanceNames.of(settings.displayName()));
        AgentIdentity identity = identityFile.loadOrCreate(instanceName, settings.modelName(), random);
        MulticastDns mdns = MulticastDns.start(new MulticastDnsSettings(settings.interfaces()));
        EventLoopGroup group = UdpSockets.newLoopGroup("lp2p-agent");
        try {
            QuicSettings quic = QuicSettings.of(new InetSocketAddress(settings.port()), source -> mdns.localInterfaces()
                            .isOnLink(source))
                    .withMaxUdpPayload(LinkPayload.of(settings.interfaces()));
            // Whoever connects before there is an agent waits for it.
            CompletableFuture<OspAgent> ready = new CompletableFuture<>();
            QuicEndpoint endpoint = await(QuicEndpoint.start(
                    group.next(),
                    quic,
                    identity.privateKey(),
                    identity.certificate(),
                    connection -> ready.thenAccept(agent -> agent.onIncomingConnection(connection))));
            OspAgent agent = new OspAgent(
                    settings, identityFile, identity, peers, prompts, listener, group, mdns, endpoint, random);
            agent.loop.execute(() -> ready.complete(agent));
            return agent;
        } catch (IOException | RuntimeException e) {
            group.shutdownGracefully();
            mdns.close();
            throw e;
        }
    }

    /**
     * Lets others find this agent. A name that is in use gets a number, which becomes part of the display name.
     *
     * @return the display name, once it is announced
     */
    public CompletionStage<String> advertise() {
        return onLoop(() -> {
            if (advertisement == null) {
                advertisement = new Advertisement(InstanceNames.of(displayName), random, this::rename);
                advertisement.start(mdns, new Advertisement.Described(identity, metadataVersion), port());
            }
            return advertisement.registered().thenApplyAsync(name -> displayName, loop);
        });
    }

    /** Tells the network that this agent is no longer to be found; sessions go on. */
    public void stopAdvertising() {
        post(() -> {
            if (advertisement != null) {
                advertisement.close();
                advertisement = null;
            }
        });
    }

    /** Looks for other agents until the result is closed; nothing is reported after that, on the loop. */
    public Discovery discover(DiscoveryListener discoveryListener) {
        AgentDiscovery discovery = new AgentDiscovery(loop, fingerprint(), discoveryListener);
        Browsing browsing = mdns.browse(AgentRecord.SERVICE, discovery);
        return () -> {
            browsing.close();
            post(discovery::close);
        };
    }

    /**
     * Makes a session with a discovered agent, or gives the one that there is. Whoever answers has the advertised
     * fingerprint, and is known or authenticated with a code before this completes.
     *
     * @return fails with an {@link OspException}
     */
    public CompletionStage<Session> connect(DiscoveredAgent agent) {
        return onLoop(() -> link(agent.fingerprint()).connect(agent));
    }

    /**
     * Makes a q2q connection that carries WebTransport for a connection of a live session: to the peer of that, and to
     * nobody else. Its streams and datagrams wait until the result has a listener.
     *
     * @param target where the peer is
     * @return fails with an {@link OspException}
     * @see <a href="https://wicg.github.io/local-peer-to-peer/#webtransport-extension">WebTransport extension</a>
     */
    public CompletionStage<Connection> dialTransport(DiscoveredAgent target, PeerConnection connection) {
        return onLoop(() -> link(connection.peerFingerprint()).dialTransport(target, connection));
    }

    /** Makes a peer a stranger, and ends what there is with it. */
    public void forget(Fingerprint peer) {
        peers.remove(peer);
        post(() -> {
            PeerLink link = links.get(peer);
            if (link != null) {
                link.close(SessionCloseReason.FORGOTTEN);
            }
            // An authentication that ended in between has put it back.
            if (peers.find(peer).isPresent()) {
                peers.remove(peer);
            }
        });
    }

    /** The loop that owns this agent's protocol state. */
    public ScheduledExecutorService loop() {
        return loop;
    }

    public Fingerprint fingerprint() {
        return identity.fingerprint();
    }

    public int port() {
        return endpoint.localAddress().getPort();
    }

    /** Takes leave of peers and network, and returns when that is done; from the loop itself, at once. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        CompletableFuture<@Nullable Void> sessionsClosed = new CompletableFuture<>();
        loop.execute(() -> {
            closeAll();
            // The connections say goodbye at the end of this turn.
            loop.execute(() -> sessionsClosed.complete(null));
        });
        Thread rest = new Thread(() -> stop(sessionsClosed), "lp2p-agent-close");
        rest.start();
        if (!loop.inEventLoop()) {
            try {
                rest.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void closeAll() {
        if (advertisement != null) {
            advertisement.close();
            advertisement = null;
        }
        List.copyOf(links.values()).forEach(link -> link.close(SessionCloseReason.CLOSED_HERE));
    }

    private void stop(CompletableFuture<@Nullable Void> sessionsClosed) {
        try {
            sessionsClosed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.WARNING, "The agent ends without a word to its peers", e);
        }
        mdns.close();
        endpoint.close();
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void onIncomingConnection(Connection connection) {
        if (closed.get()) {
            connection.close(0, "");
        } else if (connection.protocol() == ApplicationProtocol.Q2Q) {
            link(connection.peerFingerprint()).onIncomingTransport(connection);
        } else {
            link(connection.peerFingerprint()).onIncomingConnection(connection);
        }
    }

    private PeerLink link(Fingerprint peer) {
        links.values().removeIf(PeerLink::isIdle);
        return links.computeIfAbsent(peer, unseen -> new PeerLink(fingerprint(), peer, toLinks));
    }

    // https://w3c.github.io/openscreenprotocol/application.html#metadata
    private AgentInfo ownInfo() {
        return new AgentInfo(
                displayName,
                settings.modelName(),
                Set.of(AgentCapability.DATA_CHANNELS, AgentCapability.QUICK_TRANSPORT, AgentCapability.ORIGINS),
                stateToken,
                settings.locales());
    }

    /** Called off the loop, since it writes to the disk. */
    private Advertisement.Described rename(InstanceName name) {
        String instanceName = InstanceNames.withoutMark(name);
        AgentIdentity renamed = identity.withInstanceName(instanceName);
        try {
            identityFile.save(renamed);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The new name could not be kept: {0}", e.getMessage());
        }
        identity = renamed;
        displayName = instanceName;
        metadataVersion = settings.metadata().versionOf(ownInfo());
        endpoint.setCertificate(renamed.privateKey(), renamed.certificate());
        post(() -> links.values().forEach(PeerLink::sendAgentInfo));
        return new Advertisement.Described(renamed, metadataVersion);
    }

    private <T> CompletionStage<T> onLoop(Supplier<CompletionStage<T>> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (!post(() -> begin(task, result))) {
            result.completeExceptionally(
                    new OspException(OspException.Kind.UNREACHABLE, "The agent was closed; start another"));
        }
        return result;
    }

    /** @return false if the agent is closed */
    private boolean post(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    private static <T> void begin(Supplier<CompletionStage<T>> task, CompletableFuture<T> result) {
        try {
            task.get().whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static QuicEndpoint await(CompletionStage<QuicEndpoint> starting) throws IOException {
        try {
            return starting.toCompletableFuture().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the agent started", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException("The agent cannot listen: " + cause.getMessage(), cause);
        }
    }

    private final class ToLinks implements PeerLink.Agent {

        @Override
        public ScheduledExecutorService loop() {
            return loop;
        }

        @Override
        public CompletionStage<Connection> dial(DiscoveredAgent target) {
            return dial(target, ApplicationProtocol.OSP);
        }

        @Override
        public CompletionStage<Connection> dialTransport(DiscoveredAgent target) {
            return dial(target, ApplicationProtocol.Q2Q);
        }

        private CompletionStage<Connection> dial(DiscoveredAgent target, ApplicationProtocol protocol) {
            return endpoint.connect(target.addresses(), target.hostname(), target.fingerprint(), protocol);
        }

        @Override
        public boolean isKnown(Fingerprint peer) {
            return peers.find(peer).isPresent();
        }

        @Override
        public OspSession start(Connection connection, @Nullable DiscoveredAgent target, SessionLifecycle lifecycle) {
            if (target != null) {
                return OspSession.start(
                        connection, sessions, target.authenticationToken(), target.instanceName(), lifecycle);
            }
            String token = advertisement == null ? null : advertisement.token();
            return OspSession.start(connection, sessions, token, null, lifecycle);
        }

        @Override
        public void onIncomingSession(Session session) {
            session.setListener(listener.onIncomingSession(session));
        }
    }
}
