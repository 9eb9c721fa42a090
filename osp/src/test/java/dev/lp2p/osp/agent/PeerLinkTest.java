package dev.lp2p.osp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.authentication.AuthenticationPolicy;
import dev.lp2p.osp.authentication.RecordingPrompts;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.PskInputMethod;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.session.OspSession;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionContext;
import dev.lp2p.osp.session.SessionLifecycle;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.SimulatedConnectionPair;
import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two agents in one thread that dial each other over a rough network, in every order that a seed makes. */
class PeerLinkTest {

    private static final int SEEDS = 200;

    private static final int LATENCY_MILLIS =
            (int) SimulatedConnectionPair.Conditions.ROUGH.latency().toMillis();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofTwoKnownPeersThatDialEachOtherBothGetTheSameConnection(boolean swapped) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Network network = new Network(seed, swapped);
            network.left.knows(network.right);
            network.right.knows(network.left);
            network.bothDial(seed % 40);
            network.settle();
            network.assertOneSession(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void strangersThatDialEachOtherCompareOneCode(boolean swapped) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Network network = new Network(seed, swapped);
            network.bothDial(seed % 40);
            network.settle();
            assertThat(network.left.prompts.isShowing()).as("seed %d", seed).isTrue();
            assertThat(network.right.prompts.isAsking()).as("seed %d", seed).isTrue();
            network.right.prompts.enter(network.left.prompts.lastShown());
            network.settle();
            network.assertOneSession(seed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAuthenticationInProgressIsNotCutByAnotherConnection(boolean swapped) {
        Network network = new Network(1, swapped);
        CompletionStage<Session> right = network.right.dials();
        network.settle();
        assertThat(network.right.prompts.isAsking()).isTrue();
        CompletionStage<Session> left = network.left.dials();
        network.settle();
        network.right.prompts.enter(network.left.prompts.lastShown());
        network.settle();
        assertThat(right.toCompletableFuture()).isCompleted();
        assertThat(left.toCompletableFuture()).isCompleted();
        network.assertOneSession(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPeerThatReachedUsAtTwoAddressesKeepsTheOneThatItChose(boolean swapped) {
        Network network = new Network(1, swapped);
        network.left.knows(network.right);
        network.right.knows(network.left);
        network.left.dials();
        SimulatedConnectionPair unwanted = network.left.pair();
        network.loop.schedule(
                () -> network.right.link().onIncomingConnection(unwanted.server()), 25, TimeUnit.MILLISECONDS);
        network.loop.schedule(() -> unwanted.client().close(0, ""), 30, TimeUnit.MILLISECONDS);
        network.settle();
        network.right.dialled.add(CompletableFuture.completedStage(network.right.incoming.get(0)));
        network.assertOneSession(1);
    }

    @Test
    void whoDialsAgainWhileThereIsASessionGetsThatOne() {
        Network network = new Network(1, false);
        network.left.knows(network.right);
        network.right.knows(network.left);
        network.left.dials();
        network.settle();
        assertThat(network.left.dials().toCompletableFuture()).isCompletedWithValue(network.left.session());
        assertThat(network.right.dials().toCompletableFuture()).isCompletedWithValue(network.right.incoming.get(0));
        assertThat(network.dials).isEqualTo(1);
    }

    @Test
    void aNewSessionReplacesOneThatThePeerLost() {
        Network network = new Network(1, false);
        network.left.knows(network.right);
        network.right.knows(network.left);
        network.left.dials();
        network.settle();
        Session old = network.right.incoming.get(0);
        network.pairs.get(0).cut();
        network.left.session().close(SessionCloseReason.CLOSED_HERE);
        network.settle();
        assertThat(network.left.dials().toCompletableFuture()).isNotCompleted();
        network.settle();
        assertThat(network.right.incoming).hasSize(2);
        assertThat(network.right.incoming.get(1)).isNotSameAs(old);
    }

    @Test
    void forgettingAPeerEndsWhatIsUnderWay() {
        Network network = new Network(1, false);
        CompletionStage<Session> left = network.left.dials();
        network.settle();
        network.left.link().close(SessionCloseReason.FORGOTTEN);
        network.settle();
        assertThat(left.toCompletableFuture()).isCompletedExceptionally();
        assertThat(network.left.link().isIdle()).isTrue();
        assertThat(network.right.link().isIdle()).isTrue();
    }

    @Test
    void aTransportThatComesAfterItsSessionIsForNoOther() {
        Network network = new Network(1, false);
        network.left.knows(network.right);
        network.right.knows(network.left);
        network.left.dials();
        network.settle();
        Session first = network.left.session();
        CompletionStage<Connection> dialled = network.left
                .link()
                .dialTransport(
                        network.left.target(),
                        first.requestConnection("", "").toCompletableFuture().join());
        first.close(SessionCloseReason.CLOSED_HERE);
        network.settle();
        CompletionStage<Session> second = network.left.dials();
        network.settle();
        assertThat(second.toCompletableFuture()).isCompleted();

        Connection late = network.left.pair().client();
        network.left.transport.complete(late);

        assertThat(late.isClosed()).isTrue();
        assertThat(dialled.toCompletableFuture()).isCompletedExceptionally();
    }

    private static final class Network {

        final SimulatedLoop loop = new SimulatedLoop();
        final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        final Random random;
        final List<SimulatedConnectionPair> pairs = new ArrayList<>();
        final Peer left;
        final Peer right;
        int dials;

        /** @param swapped whether the right peer has the smaller fingerprint instead of the left */
        Network(long seed, boolean swapped) {
            random = new Random(seed);
            boolean inOrder = TestFingerprints.of("One").compareTo(TestFingerprints.of("Two")) < 0;
            left = new Peer(inOrder == swapped ? "Two" : "One", 0, this);
            right = new Peer(inOrder == swapped ? "One" : "Two", 100, this);
            left.other = right;
            right.other = left;
        }

        void bothDial(int millisBetween) {
            left.dials();
            loop.schedule(right::dials, millisBetween, TimeUnit.MILLISECONDS);
        }

        void settle() {
            loop.advance(Duration.ofSeconds(3));
        }

        void assertOneSession(int seed) {
            Session ofLeft = left.session();
            Session ofRight = right.session();
            assertThat(ofLeft.isClient()).as("seed %d", seed).isNotEqualTo(ofRight.isClient());
            assertThat(pairs.stream()
                            .filter(pair ->
                                    !pair.client().isClosed() && !pair.server().isClosed()))
                    .as("open connections, seed %d", seed)
                    .hasSize(1);
        }
    }

    private static final class Peer implements PeerLink.Agent {

        final String name;
        final Fingerprint fingerprint;
        final Network network;
        final RecordingPrompts prompts = new RecordingPrompts();
        final InMemoryPeerStore peers = new InMemoryPeerStore();
        final List<Session> incoming = new ArrayList<>();
        final List<CompletionStage<Session>> dialled = new ArrayList<>();
        final SessionContext context;

        /** What becomes of the transports that are dialled. */
        final CompletableFuture<Connection> transport = new CompletableFuture<>();

        @Nullable Peer other;

        private @Nullable PeerLink link;

        Peer(String name, int easeOfInput, Network network) {
            this.name = name;
            this.fingerprint = TestFingerprints.of(name);
            this.network = network;
            this.context = new SessionContext(
                    network.loop,
                    network.loop,
                    network.allocator,
                    new SecureRandom(),
                    fingerprint,
                    () -> new AgentInfo(name, "", Set.of(AgentCapability.DATA_CHANNELS), "abcdefgh", List.of()),
                    peers,
                    new AuthCapabilities(
                            easeOfInput, Set.of(PskInputMethod.NUMERIC), AuthCapabilities.MIN_BITS_OF_ENTROPY),
                    new AuthenticationPolicy(network.loop),
                    prompts);
        }

        void knows(Peer peer) {
            peers.put(new KnownPeer(peer.fingerprint, peer.name, network.loop.instant(), network.loop.instant()));
        }

        CompletionStage<Session> dials() {
            CompletionStage<Session> session = link().connect(target());
            dialled.add(session);
            return session;
        }

        DiscoveredAgent target() {
            return new DiscoveredAgent(other().name, false, other().fingerprint, 1, tokenOf(other()), "", List.of());
        }

        /** The session that this peer has in the end. */
        Session session() {
            assertThat(dialled.get(0).toCompletableFuture()).as(name).isCompleted();
            if (!incoming.isEmpty()) {
                return incoming.get(incoming.size() - 1);
            }
            return dialled.get(0).toCompletableFuture().join();
        }

        PeerLink link() {
            if (link == null) {
                link = new PeerLink(fingerprint, other().fingerprint, this);
            }
            return link;
        }

        @Override
        public ScheduledExecutorService loop() {
            return network.loop;
        }

        /** A connection that this peer is the client of. */
        SimulatedConnectionPair pair() {
            SimulatedConnectionPair pair = new SimulatedConnectionPair(
                    network.loop,
                    network.allocator,
                    network.random,
                    SimulatedConnectionPair.Conditions.ROUGH,
                    fingerprint,
                    other().fingerprint);
            network.pairs.add(pair);
            return pair;
        }

        /** The client learns of the connection first; the server does before a stream can arrive. */
        @Override
        public CompletionStage<Connection> dial(DiscoveredAgent target) {
            network.dials++;
            CompletableFuture<Connection> connected = new CompletableFuture<>();
            SimulatedConnectionPair pair = pair();
            long here = network.random.nextInt(20);
            network.loop.schedule(() -> connected.complete(pair.client()), here, TimeUnit.MILLISECONDS);
            network.loop.schedule(
                    () -> other().link().onIncomingConnection(pair.server()),
                    here + network.random.nextInt(LATENCY_MILLIS),
                    TimeUnit.MILLISECONDS);
            return connected;
        }

        @Override
        public CompletionStage<Connection> dialTransport(DiscoveredAgent target) {
            return transport;
        }

        @Override
        public boolean isKnown(Fingerprint peer) {
            return peers.find(peer).isPresent();
        }

        @Override
        public OspSession start(Connection connection, @Nullable DiscoveredAgent target, SessionLifecycle lifecycle) {
            return target == null
                    ? OspSession.start(connection, context, tokenOf(this), null, lifecycle)
                    : OspSession.start(
                            connection, context, target.authenticationToken(), target.instanceName(), lifecycle);
        }

        @Override
        public void onIncomingSession(Session session) {
            incoming.add(session);
        }

        private Peer other() {
            if (other == null) {
                throw new AssertionError("Alone");
            }
            return other;
        }

        private static String tokenOf(Peer peer) {
            return "Token" + peer.name;
        }
    }
}
