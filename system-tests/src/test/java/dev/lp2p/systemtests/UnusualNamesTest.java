package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are for people: any characters that people write. */
class UnusualNamesTest extends SystemTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Küche 🍕 im 1.5. Stock",
                "dev.lp2p.local.",
                "back\\slash \"quoted\"",
                "Sixty-three bytes: as many as one label of the DNS has room for"
            })
    void aDeviceIsFoundAndAddressedByANameOfAnyCharacters(String name) {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);

        Command receiving = tv.receive(name);
        assertThat(receiving.awaitEvent("ready").get("name").asText()).isEqualTo(name);
        Command sending = sendWithCode(laptop, note, name, receiving);

        JsonNode found = sending.events("found").get(0);
        assertThat(sending.exitStatus()).isZero();
        assertThat(found.get("name").asText()).isEqualTo(name);
        Samples.assertSame(tv.inbox().resolve("note.txt"), note);
    }
}
