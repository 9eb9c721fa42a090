package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.testkit.SimulatedLoop;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/** A manager over a fake agent, with simulated threads and a scripted user. */
final class ManagerFixture {

    private static final int MAX_ROUNDS = 8;

    final SimulatedLoop loop = new SimulatedLoop();
    final SimulatedLoop callbacks = new SimulatedLoop();
    final InMemoryPeerStore peers = new InMemoryPeerStore();
    final InMemoryGrantStore grants = new InMemoryGrantStore();
    final InsecureScriptedConsent consent = new InsecureScriptedConsent();
    final LocalPeerToPeerManager manager;
    final FakeAgent agent;

    /** What of the grants was read or written, by method. */
    final List<String> grantCalls = new ArrayList<>();

    /** Nothing of the grants can be read or written. */
    boolean grantsAreBroken;

    /** Who is known cannot be read. */
    boolean peersAreBroken;

    ManagerFixture() {
        this(Function.identity());
    }

    /** @param order changes the order in which the threads of callbacks come to what they were given */
    ManagerFixture(Function<Executor, Executor> order) {
        LP2PSettings settings = LP2PSettings.builder(
                        "Here", Path.of("unused"), peerStore(), new InMemoryMetadataStore())
                .callbackExecutor(order.apply(callbacks))
                .program("Test")
                .grants(grantStore())
                .build();
        manager = new LocalPeerToPeerManager(
                settings, consent, (prompts, listener) -> new FakeAgent(loop, peers, prompts, listener));
        agent = (FakeAgent) manager.agent();
    }

    private GrantStore grantStore() {
        return breakable(GrantStore.class, grants, grantCalls::add, () -> grantsAreBroken);
    }

    private PeerStore peerStore() {
        return breakable(PeerStore.class, peers, called -> {}, () -> peersAreBroken);
    }

    private static <T> T breakable(Class<T> type, T whole, Consumer<String> onCall, BooleanSupplier isBroken) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    onCall.accept(method.getName());
                    if (isBroken.getAsBoolean()) {
                        throw new IllegalStateException("The disk is gone");
                    }
                    return method.invoke(whole, arguments);
                }));
    }

    void settle() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            loop.runReady();
            callbacks.runReady();
        }
    }

    /** Closes the manager, whose loop goes on here until everything has ended. */
    void close() {
        Thread closing = new Thread(manager::close);
        closing.start();
        while (closing.isAlive()) {
            loop.advance(Duration.ofMillis(100));
            Thread.onSpinWait();
        }
        settle();
    }

    void advance(Duration time) {
        settle();
        loop.advance(time);
        settle();
    }

    /** A person authenticated the device before. */
    void know(int fingerprint, String name) {
        peers.put(new KnownPeer(ConnectionFixture.fingerprint(fingerprint), name, loop.instant(), loop.instant()));
    }

    static DiscoveredAgent announced(int fingerprint, String name) {
        return announced(fingerprint, name, false);
    }

    static DiscoveredAgent announced(int fingerprint, String name, boolean truncated) {
        return new DiscoveredAgent(
                name,
                truncated,
                ConnectionFixture.fingerprint(fingerprint),
                1,
                "token",
                "host-" + name.replaceAll("[^a-zA-Z]", "x"),
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4433)));
    }
}
