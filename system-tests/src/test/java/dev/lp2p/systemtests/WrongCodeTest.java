package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A guess at the code costs the code. */
class WrongCodeTest extends SystemTest {

    @Test
    void aWrongCodeEndsWithStatus4NothingArrivesAndTheCodeThatWasShownIsWorthless() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        Command guessing = laptop.send(note, "Living Room");
        guessing.awaitEvent("code-needed");
        String shown = receiving.awaitEvent("code").get("code").asText();
        guessing.sendLine(another(shown));
        assertThat(guessing.exitStatus()).isEqualTo(4);

        Command late = laptop.send(note, "Living Room", "--code", shown);
        assertThat(late.exitStatus()).isEqualTo(4);

        receiving.stop();
        assertThat(receiving.events("code"))
                .as("a code is shown once")
                .filteredOn(event -> event.get("code").asText().equals(shown))
                .hasSize(1);
        assertThat(receiving.events("authenticated")).isEmpty();
        assertThat(receiving.events("offer")).isEmpty();
        assertThat(Samples.tree(tv.inbox())).isEmpty();
    }

    @Test
    void theNextTryWithTheCodeThatIsShownThenWorks() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");
        Command guessing = laptop.send(note, "Living Room");
        guessing.awaitEvent("code-needed");
        String shown = receiving.awaitEvent("code").get("code").asText();
        guessing.sendLine(another(shown));
        assertThat(guessing.exitStatus()).isEqualTo(4);

        Command sending = sendWithCode(laptop, note, "Living Room", receiving);

        assertThat(sending.exitStatus()).isZero();
        Samples.assertSame(tv.inbox().resolve("note.txt"), note);
    }

    /** A code of the same form with another last digit. */
    private static String another(String code) {
        int last = code.charAt(code.length() - 1) - '0';
        return code.substring(0, code.length() - 1) + (last + 1) % 10;
    }
}
