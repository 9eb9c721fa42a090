package dev.lp2p;

import static dev.lp2p.ConnectionFixture.fingerprint;
import static dev.lp2p.ManagerFixture.announced;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerCandidatesTest {

    private static final KnownPeer LIVING_ROOM =
            new KnownPeer(fingerprint(1), "Living Room", Instant.EPOCH, Instant.EPOCH);

    private final Set<Fingerprint> granted = new HashSet<>();
    private final AuthenticationFailures failures = new AuthenticationFailures();

    @Test
    void aKnownDeviceWithItsNameIsNotSuspicious() {
        assertThat(candidates(announced(1, "Living Room")))
                .containsExactly(new PeerCandidate(Optional.of("Living Room"), fingerprint(1), true, false, Set.of()));
    }

    @Test
    void aStrangerWithTheNameOfAKnownDeviceIsALookAlike() {
        assertThat(suspicions(announced(2, "Living Room"))).containsExactly(Suspicion.LOOK_ALIKE_NAME);
        assertThat(suspicions(announced(2, "ＬＩＶＩＮＧ\u2009room\u200B"))).containsExactly(Suspicion.LOOK_ALIKE_NAME);
        assertThat(suspicions(announced(2, "Kitchen"))).isEmpty();
    }

    @Test
    void aStrangerWhoseCutNameCouldBeThatOfAKnownDeviceIsALookAlikeWithoutAName() {
        assertThat(candidates(announced(2, "Living", true)))
                .containsExactly(new PeerCandidate(
                        Optional.empty(), fingerprint(2), false, false, Set.of(Suspicion.LOOK_ALIKE_NAME)));
    }

    @Test
    void aKnownDeviceWithACutNameIsShownByTheNameItHadWhenItFits() {
        assertThat(candidates(announced(1, "Living", true)))
                .containsExactly(new PeerCandidate(Optional.of("Living Room"), fingerprint(1), true, false, Set.of()));
    }

    @Test
    void aKnownDeviceWithAnotherNameIsSuspicious() {
        assertThat(suspicions(announced(1, "Bedroom"))).containsExactly(Suspicion.CHANGED_NAME);
    }

    @Test
    void aKnownDeviceThatTookTheNameOfAnotherKnownOneIsALookAlike() {
        KnownPeer renamed = new KnownPeer(fingerprint(2), "Living Room", Instant.EPOCH, Instant.EPOCH);
        List<PeerCandidate> candidates = new PeerCandidates(
                        List.of(LIVING_ROOM, renamed), failures::failedOften, granted::contains)
                .of(List.of(announced(2, "Living Room")));

        assertThat(candidates.get(0).suspicions()).containsExactly(Suspicion.LOOK_ALIKE_NAME);
    }

    @Test
    void oneFingerprintUnderTwoServicesIsOneSuspiciousRow() {
        List<PeerCandidate> candidates = candidates(announced(2, "One"), announced(3, "Other"), announced(2, "Two"));

        assertThat(candidates).extracting(PeerCandidate::fingerprint).containsExactly(fingerprint(2), fingerprint(3));
        assertThat(candidates.get(0).suspicions()).containsExactly(Suspicion.ANNOUNCED_TWICE);
        assertThat(candidates.get(1).suspicions()).isEmpty();
    }

    @Test
    void aDeviceThatKeepsFailingToAuthenticateIsSuspiciousUntilItSucceeds() {
        failures.failed(fingerprint(2));
        failures.failed(fingerprint(2));
        assertThat(suspicions(announced(2, "TV"))).isEmpty();
        failures.failed(fingerprint(2));
        assertThat(suspicions(announced(2, "TV"))).containsExactly(Suspicion.REPEATED_FAILURES);

        failures.succeeded(fingerprint(2));
        assertThat(suspicions(announced(2, "TV"))).isEmpty();
    }

    @Test
    void aDeviceThatWasGrantedToTheOriginComesFirstAndIsMarked() {
        granted.add(fingerprint(3));

        List<PeerCandidate> candidates = candidates(announced(2, "One"), announced(3, "Other"), announced(4, "Third"));

        assertThat(candidates)
                .extracting(PeerCandidate::fingerprint)
                .containsExactly(fingerprint(3), fingerprint(2), fingerprint(4));
        assertThat(candidates).extracting(PeerCandidate::granted).containsExactly(true, false, false);
    }

    @Test
    void aPeerThatCameByItselfWithTheNameOfAKnownDeviceIsALookAlike() {
        PeerCandidates all = new PeerCandidates(List.of(LIVING_ROOM), failures::failedOften, granted::contains);

        assertThat(all.suspicionsOf(new Peer("living room", fingerprint(2))))
                .containsExactly(Suspicion.LOOK_ALIKE_NAME);
        assertThat(all.suspicionsOf(new Peer("Living Room", fingerprint(1)))).isEmpty();
    }

    private Set<Suspicion> suspicions(DiscoveredAgent agent) {
        return candidates(agent).get(0).suspicions();
    }

    private List<PeerCandidate> candidates(DiscoveredAgent... agents) {
        return new PeerCandidates(List.of(LIVING_ROOM), failures::failedOften, granted::contains).of(List.of(agents));
    }
}
