package dev.lp2p.osp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryPeerStoreTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final Fingerprint TV = TestFingerprints.of("TV");

    private final InMemoryPeerStore peers = new InMemoryPeerStore();

    @Test
    void aPeerThatIsSeenKeepsWhenItWasAuthenticated() {
        peers.put(new KnownPeer(TV, "TV", NOON, NOON));

        peers.seen(TV, "Television", NOON.plusSeconds(60));

        assertThat(peers.find(TV)).contains(new KnownPeer(TV, "Television", NOON, NOON.plusSeconds(60)));
    }

    @Test
    void aForgottenPeerThatIsSeenStaysAStranger() {
        peers.put(new KnownPeer(TV, "TV", NOON, NOON));
        peers.remove(TV);

        peers.seen(TV, "TV", NOON.plusSeconds(60));

        assertThat(peers.find(TV)).isEmpty();
    }
}
