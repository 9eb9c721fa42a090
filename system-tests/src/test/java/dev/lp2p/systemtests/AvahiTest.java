package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other programs speak multicast DNS too. */
class AvahiTest extends SystemTest {

    private static final String NAME = "Küche 🍕 1.5. Stock";

    private Avahi avahi;

    @BeforeEach
    void avahiRunsOnAnotherHost() {
        network.requirePrograms("avahi-daemon", "avahi-browse", "avahi-publish", "dbus-daemon");
        avahi = Avahi.start(network.host("desktop"), folder);
    }

    @Test
    void avahiSeesOurNamePortAndTextInBothFamilies() {
        JsonNode ready = device("tv").receive(NAME).awaitEvent("ready");

        assertThat(avahi.awaitServices("IPv4", "IPv6")).allSatisfy(service -> {
            assertThat(service.name()).isEqualTo(NAME);
            assertThat(service.port()).isEqualTo(ready.get("port").asInt());
            assertThat(service.txt())
                    .contains("\"fp=" + ready.get("fingerprint").asText() + "\"")
                    .contains("\"mv=")
                    .contains("\"at=");
        });
    }

    @Test
    void avahiSeesUsLeave() {
        Command receiving = device("tv").receive("Living Room");
        receiving.awaitEvent("ready");
        var watching = avahi.watch();
        watching.output().await("us", line -> line.startsWith("=") && line.contains("Living"));

        receiving.process().terminate();

        watching.output().await("our goodbye", line -> line.startsWith("-") && line.contains("Living"));
    }

    @Test
    void aServiceWithTextThatMakesNoSenseIsPassedOver() {
        avahi.publish("Odd", 4444, "no value", "=no key", "fp=short", "mv=", "at");
        avahi.publish("Bare", 4445);
        JsonNode first = device("tv").receive("Living Room").awaitEvent("ready");
        Command watching = device("laptop").watch();
        watching.awaitEvent("found");

        // Who came later and was seen shows that what came before would have been.
        JsonNode second = device("radio").receive("Kitchen").awaitEvent("ready");
        watching.awaitEvent("found", event -> event.get("name").asText().equals("Kitchen"));
        assertThat(watching.events("found"))
                .extracting(event -> event.get("fingerprint").asText())
                .containsOnly(
                        first.get("fingerprint").asText(),
                        second.get("fingerprint").asText());
    }

    @Test
    void aNameThatAvahiPublishesIsNotTakenFromIt() {
        assertThat(avahi.publish("Living Room", 4444)).isEqualTo("Living Room");

        JsonNode ready = device("tv").receive("Living Room").awaitEvent("ready");

        assertThat(ready.get("name").asText()).isEqualTo("Living Room (2)");
    }

    @Test
    void aNameThatWeHaveIsNotTakenByAvahi() {
        Device tv = device("tv");
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        assertThat(avahi.publish("Living Room", 4444)).isNotEqualTo("Living Room");

        Path note = Samples.file(folder.resolve("note.txt"), 10);
        assertThat(sendWithCode(device("laptop"), note, "Living Room", receiving)
                        .exitStatus())
                .isZero();
    }
}
