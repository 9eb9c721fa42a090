package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A receiver that ends leaves nobody waiting for it. */
class GoodbyeTest extends SystemTest {

    private static final int SIGTERM = 15;

    /** Far less than the two minutes after which a host that fell silent is forgotten. */
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void aReceiverThatIsAskedToEndSaysGoodbyeSoThatOthersSeeItLeave() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Command receiving = tv.receive("Living Room");
        JsonNode fingerprint = receiving.awaitEvent("ready").get("fingerprint");
        Command watching = laptop.watch();
        watching.awaitEvent("found", event -> event.get("fingerprint").equals(fingerprint));

        receiving.process().terminate();

        assertThat(receiving.exitStatus()).isEqualTo(128 + SIGTERM);
        watching.awaitEvent("lost", event -> event.get("fingerprint").equals(fingerprint), SOON);
    }
}
