package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network is lost and comes back. */
class ReconnectTest extends SystemTest {

    private record Pair(Program tv, Program phone) {}

    @ParameterizedTest
    @ValueSource(strings = {"ONCE", "ALWAYS"})
    void bothProgramsGetANewConnectionAndNobodyIsAsked(String lifetime) {
        Pair pair = connectAndLoseTheNetwork(lifetime);
        Program tv = pair.tv();
        Program phone = pair.phone();

        tv.device().host().plugIn();

        phone.await("reconnected");
        tv.await("connected");
        phone.tell("channel");
        phone.await("channel-open");
        assertThat(tv.count("asked-incoming")).isOne();
        assertThat(tv.count("code ")).isOne();
        assertThat(phone.count("asked-choice")).isOne();
        assertThat(phone.count("code-needed")).isOne();
    }

    @Test
    void whatWasRevokedMeanwhileDoesNotComeBack() {
        Pair pair = connectAndLoseTheNetwork("ALWAYS");
        Program tv = pair.tv();
        Program phone = pair.phone();

        phone.tell("revoke");
        tv.device().host().plugIn();

        // Only what is asked for anew.
        phone.tell("request TV");
        phone.await("asked-choice");
        phone.await("connected");
        tv.await("connected");
        assertThat(phone.count("reconnected")).isZero();
    }

    private Pair connectAndLoseTheNetwork(String lifetime) {
        Program tv = Program.start(device("tv"), "TV", lifetime).receive();
        Program phone = Program.start(device("phone"), "Phone", lifetime);
        phone.connect("TV", tv);
        Instant cut = Instant.now();
        tv.device().host().unplug();
        phone.awaitClosed("NETWORK_LOST", cut);
        tv.awaitClosed("NETWORK_LOST", cut);
        return new Pair(tv, phone);
    }
}
