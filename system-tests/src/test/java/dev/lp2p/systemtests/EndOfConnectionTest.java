package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.quic.QuicSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How and how soon a program learns that the other one is gone. */
class EndOfConnectionTest extends SystemTest {

    /** Sooner than a peer that says nothing could be missed, however busy this machine is. */
    private static final Duration WHEN_TOLD = Duration.ofSeconds(12);

    /** Sooner than by QUIC's own timeout. KeepAliveTest says how soon exactly, by a clock that no busy machine delays. */
    private static final Duration WHEN_NOT_TOLD = QuicSettings.IDLE_TIMEOUT;

    private Program tv;
    private Program phone;

    @BeforeEach
    void theyAreConnected() {
        tv = Program.start(device("tv"), "TV", "ALWAYS").receive();
        phone = Program.start(device("phone"), "Phone", "ALWAYS");
        phone.connect("TV", tv);
        phone.tell("channel");
        phone.await("channel-open");
    }

    @Test
    void aProgramThatExitsTellsThePeer() {
        Instant exit = Instant.now();
        tv.tell("exit");

        assertThat(phone.awaitClosed("CLOSED_BY_PEER", exit)).isLessThan(WHEN_TOLD);
        assertThat(tv.process().exitStatus()).isZero();
    }

    @Test
    void aProgramThatIsTerminatedTellsThePeer() {
        Instant terminated = Instant.now();
        phone.process().terminate();

        assertThat(tv.awaitClosed("CLOSED_BY_PEER", terminated)).isLessThan(WHEN_TOLD);
    }

    @Test
    void aProgramThatIsKilledIsMissedSoon() {
        Instant killed = Instant.now();
        tv.process().kill();

        assertThat(phone.awaitNetworkLostWithChannel(killed)).isLessThan(WHEN_NOT_TOLD);
    }

    @Test
    void aCableThatIsCutIsMissedSoonAtBothEnds() {
        Instant cut = Instant.now();
        tv.device().host().unplug();

        assertThat(phone.awaitNetworkLostWithChannel(cut)).isLessThan(WHEN_NOT_TOLD);
        assertThat(tv.awaitClosed("NETWORK_LOST", cut)).isLessThan(WHEN_NOT_TOLD);
    }

    @Test
    void aGrantThatIsRevokedEndsTheTransferUnderItAtOnce() {
        phone.tell("flood");
        phone.await("flooding");

        Instant revoked = Instant.now();
        tv.tell("revoke");

        assertThat(tv.awaitClosed("REVOKED", revoked)).isLessThan(WHEN_TOLD);
        assertThat(phone.awaitClosed("CLOSED_BY_PEER", revoked)).isLessThan(WHEN_TOLD);
    }
}
