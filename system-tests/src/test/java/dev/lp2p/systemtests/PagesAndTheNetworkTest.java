package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages stay while what is below them goes and comes back; they have their peer again with at most one call. */
class PagesAndTheNetworkTest extends TwoBrowsersTest {

    private static final int CUT_SECONDS = 10;

    /** Longer than a peer waits for an answer, and than an agent waits for its pages. */
    private static final int SUSPENDED_SECONDS = 65;

    private int asked;

    @BeforeEach
    void theyAreConnected() {
        connect();
        asked = tv.questions() + laptop.questions();
    }

    @Test
    void anAgentThatIsRestartedHasItsPageAndThePeerAgain() {
        laptop.stop();
        assertThat(requester.await("ended")).isEqualTo("agent-lost");
        assertThat(receiver.await("ended")).isEqualTo("closed-by-peer");
        laptop = startAgent(laptop.device(), "Laptop").awaitReady();
        asked = tv.questions();

        requester.run("await request('resume');");

        assertTheyTalk();
    }

    @Test
    void anAgentThatIsRestartedHasItsReceiverAgain() {
        tv.stop();
        assertThat(receiver.await("receiverClosed")).isEqualTo("closed");
        assertThat(receiver.await("ended")).isEqualTo("agent-lost");
        assertThat(requester.await("ended")).isEqualTo("closed-by-peer");
        tv = startAgent(tv.device(), TV).awaitReady();
        asked = laptop.questions();

        receiver.run("await receive();");
        requester.run("await request('resume');");

        assertTheyTalk();
    }

    @Test
    void aHostThatSleptHasItsPeerAgain() throws Exception {
        // Once it wakes, another connection may take this one's place at once.
        requester.run("globalThis.lost = ended;");
        laptop.device().host().suspend();
        TimeUnit.SECONDS.sleep(SUSPENDED_SECONDS);
        assertThat(receiver.await("ended")).isEqualTo("network-lost");
        assertThat(tv.status().get("connections")).isEmpty();

        laptop.device().host().wake();

        assertThat(requester.await("lost")).isEqualTo("network-lost");
        requester.await("connected");
        assertTheyTalk();
    }

    @Test
    void aCutOfTenSecondsIsBridged() throws Exception {
        tv.device().host().unplug();
        TimeUnit.SECONDS.sleep(CUT_SECONDS);
        tv.device().host().plugIn();

        // The connection either lasts, or another takes its place.
        requester.run("await untilItTalks();");
        assertTheyTalk();
    }

    private void assertTheyTalk() {
        assertThat(requester.run("return echo('again');").asText()).isEqualTo("again");
        assertThat(tv.questions() + laptop.questions()).isEqualTo(asked);
        assertThat(tv.status().get("connections")).hasSize(1);
        assertThat(laptop.status().get("connections")).hasSize(1);
    }
}
