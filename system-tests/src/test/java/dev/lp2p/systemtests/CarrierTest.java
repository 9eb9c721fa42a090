package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Cables are pulled and wireless networks left, and people come back. */
class CarrierTest extends SystemTest {

    @Test
    void aReceiverIsFoundAgainAndSentToAfterItsCableWasOut() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        tv.host().unplug();
        Command early = laptop.lp2p("send", note.toString(), "--to", "Living Room", "--wait", "3");
        assertThat(early.exitStatus()).isEqualTo(3);
        tv.host().plugIn();

        assertThat(sendWithCode(laptop, note, "Living Room", receiving).exitStatus())
                .isZero();
        Samples.assertSame(tv.inbox().resolve("note.txt"), note);
    }

    @Test
    void whoeverWatchesSeesAReceiverWhoseCableComesIn() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Command receiving = tv.receive("Living Room");
        JsonNode fingerprint = receiving.awaitEvent("ready").get("fingerprint");
        tv.host().unplug();
        Command watching = laptop.watch();
        watching.process().errors().await("that it looks", line -> !line.isBlank());

        tv.host().plugIn();

        watching.awaitEvent("found", event -> event.get("fingerprint").equals(fingerprint));
    }
}
