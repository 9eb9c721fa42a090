package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import dev.lp2p.osp.agent.OspAgentListener;
import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.testkit.SimulatedLoop;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** An agent on no network; the test plays the network. */
final class FakeAgent implements PeerToPeerAgent {

    final AuthenticationPrompts prompts;
    final OspAgentListener listener;
    final List<DiscoveryListener> discoveries = new ArrayList<>();
    /** What becomes of each dial from now on. */
    CompletableFuture<Session> connecting = new CompletableFuture<>();

    /** Under which name this device is seen, once it is. */
    CompletableFuture<String> announced = CompletableFuture.completedFuture("Here (2)");

    int dials;
    final List<Fingerprint> forgotten = new ArrayList<>();
    boolean advertising;
    boolean closed;

    @Nullable DiscoveredAgent dialled;

    private final SimulatedLoop loop;
    private final PeerStore peers;

    FakeAgent(SimulatedLoop loop, PeerStore peers, AuthenticationPrompts prompts, OspAgentListener listener) {
        this.loop = loop;
        this.peers = peers;
        this.prompts = prompts;
        this.listener = listener;
    }

    void find(DiscoveredAgent agent) {
        List.copyOf(discoveries).forEach(discovery -> discovery.onFound(agent));
    }

    void lose(DiscoveredAgent agent) {
        List.copyOf(discoveries).forEach(discovery -> discovery.onLost(agent));
    }

    /** A peer dials, and is authenticated. */
    FakeSession dial(int fingerprint, String name) {
        FakeSession session = new FakeSession(ConnectionFixture.fingerprint(fingerprint), name, false);
        session.setListener(listener.onIncomingSession(session));
        return session;
    }

    @Override
    public ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public InstantSource clock() {
        return loop;
    }

    @Override
    public Fingerprint fingerprint() {
        return ConnectionFixture.fingerprint(99);
    }

    @Override
    public int port() {
        return 4433;
    }

    @Override
    public CompletionStage<String> advertise() {
        advertising = true;
        return announced;
    }

    @Override
    public void stopAdvertising() {
        advertising = false;
    }

    @Override
    public AutoCloseable discover(DiscoveryListener discovery) {
        discoveries.add(discovery);
        return () -> discoveries.remove(discovery);
    }

    @Override
    public CompletionStage<Session> connect(DiscoveredAgent agent) {
        dialled = agent;
        dials++;
        return connecting;
    }

    @Override
    public CompletionStage<Connection> dialTransport(DiscoveredAgent target, PeerConnection connection) {
        return CompletableFuture.failedStage(new AssertionError("No transport is dialled here"));
    }

    @Override
    public void forget(Fingerprint fingerprint) {
        peers.remove(fingerprint);
        forgotten.add(fingerprint);
    }

    @Override
    public void close() {
        closed = true;
    }
}
