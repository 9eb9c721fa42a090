package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.testkit.SimulatedLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A manager over a fake agent, with simulated threads and a scripted user. */
final class ManagerFixture {

    private static final int MAX_ROUNDS = 8;

    final SimulatedLoop loop = new SimulatedLoop();
    final SimulatedLoop callbacks = new SimulatedLoop();
    final PeerStore peers = new InMemoryPeerStore();
    final InMemoryGrantStore grants = new InMemoryGrantStore();
    final InsecureScriptedConsent consent = new InsecureScriptedConsent();
    final LocalPeerToPeerManager manager;
    final FakeAgent agent;

    ManagerFixture() {
        LP2PSettings settings = LP2PSettings.builder("Here", Path.of("unused"), peers, new InMemoryMetadataStore())
                .callbackExecutor(callbacks)
                .program("Test")
                .grants(grants)
                .build();
        manager = new LocalPeerToPeerManager(
                settings, consent, (prompts, listener) -> new FakeAgent(loop, peers, prompts, listener));
        agent = (FakeAgent) manager.agent();
    }

    void settle() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            loop.runReady();
            callbacks.runReady();
        }
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
