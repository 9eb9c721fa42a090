package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.hosts.OutputLines;
import org.junit.jupiter.api.Test;

/** One connection carries many channels and transports at once, on a wireless network. */
class ManyChannelsAndTransportsTest extends SystemTest {

    @Test
    void aHundredChannelsAndTenTransportsLoseNothingThoughTheNetworkDoes() {
        Program tv = Program.start(device("tv"), "TV", "ONCE").receive();
        Program phone = Program.start(device("phone"), "Phone", "ONCE");
        phone.connect("TV", tv);
        tv.device().host().loseIncoming(20);
        phone.device().host().loseIncoming(20);

        phone.tell("load");

        // It says so once every message came back in its order and every stream whole.
        String[] result = phone.await("loaded", OutputLines.PATIENCE_FOR_MUCH).split(" ");
        assertThat(Integer.parseInt(result[result.length - 1]))
                .as("of a hundred datagrams there and back")
                .isGreaterThan(50);
    }
}
