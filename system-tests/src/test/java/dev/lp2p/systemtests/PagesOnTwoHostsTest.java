package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.hosts.OutputLines;
import org.junit.jupiter.api.Test;

/** Pages in browsers on two hosts, whose users chose the device and typed a code once. */
class PagesOnTwoHostsTest extends TwoBrowsersTest {

    /** Both pages send and receive at once, and each says what it sent and what came. */
    private static final int BYTES = 100_000_000;

    @Test
    void aHundredMegabytesEachWayByDataChannelAreWhatWasSent() {
        connect();
        receiver.begin("exchanged", "return exchangeOverIncomingChannel(" + BYTES + ");");
        requester.begin("exchanged", "return exchangeOverChannel(" + BYTES + ");");

        assertExchanged();
    }

    @Test
    void aHundredMegabytesEachWayByTransportAreWhatWasSent() {
        connect();
        receiver.begin("exchanged", "return exchangeOverIncomingTransport(" + BYTES + ");");
        requester.begin("exchanged", "return exchangeOverTransport(" + BYTES + ");");

        assertExchanged();
    }

    @Test
    void theSecondTimeTheDeviceIsChosenAndNobodyIsAskedForACode() {
        receiver = onTv.open(SITE);
        requester = onLaptop.open(SITE);
        int asked = tv.questions();
        receiver.run("await receive();");
        requester.begin("requested", "await request('start');");
        assertThat(laptop.choose(TV, ALWAYS).get("granted").asBoolean()).isTrue();
        int chosen = laptop.questions();
        requester.await("requested");

        assertThat(requester.run("return echo('Hello');").asText()).isEqualTo("Hello");
        assertThat(tv.questions()).isEqualTo(asked);
        assertThat(laptop.questions()).isEqualTo(chosen);
    }

    @Test
    void aGrantThatIsRevokedEndsTheTransferUnderItAndIsAskedForAgain() {
        connect();
        requester.run("trickle();");
        Command revoking = tv.device().lp2p("grants", "--revoke", "Laptop");

        assertThat(receiver.await("ended")).isEqualTo("revoked");
        assertThat(requester.await("ended")).isEqualTo("closed-by-peer");
        assertThat(revoking.exitStatus()).isZero();
        requester.begin("requested", "await request('resume');");
        tv.allow("incoming", ALWAYS);
        requester.await("requested");
    }

    private void assertExchanged() {
        String[] ofRequester =
                requester.await("exchanged", OutputLines.PATIENCE_FOR_MUCH).split(" ");
        String[] ofReceiver =
                receiver.await("exchanged", OutputLines.PATIENCE_FOR_MUCH).split(" ");
        assertThat(ofReceiver[1]).as("what came there").isEqualTo(ofRequester[0]);
        assertThat(ofRequester[1]).as("what came here").isEqualTo(ofReceiver[0]);
    }
}
