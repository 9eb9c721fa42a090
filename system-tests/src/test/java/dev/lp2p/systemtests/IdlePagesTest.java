package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.LP2PSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody uses a connection of two pages for long, as the agents count it. */
class IdlePagesTest extends TwoBrowsersTest {

    /** The user is asked half of it before the end, in which a busy machine must have come to the answer. */
    private static final String IDLE_TIME = "PT20S";

    @Override
    Agent startAgent(Device device, String name) {
        return Agent.start(device, name, "-D" + LP2PSettings.IDLE_TIME_PROPERTY + "=" + IDLE_TIME);
    }

    @Test
    void theUsersExtendItAndLaterItCloses() {
        connect();
        // Not what was asked of the connection under which the devices met, if that took long.
        JsonNode atTv = tv.awaitOpenQuestion("extend");
        JsonNode atLaptop = laptop.awaitOpenQuestion("extend");
        assertThat(atLaptop.get("origin").asText()).isEqualTo(SITE);
        tv.allow(atTv, "ONCE");
        laptop.allow(atLaptop, "ONCE");

        // They are asked again, so that it stayed; now nobody answers.
        tv.awaitQuestion("extend");
        laptop.awaitQuestion("extend");

        // Either agent may be the first.
        assertThat(List.of(requester.await("ended"), receiver.await("ended")))
                .contains("idle")
                .isSubsetOf("idle", "closed-by-peer");
    }
}
