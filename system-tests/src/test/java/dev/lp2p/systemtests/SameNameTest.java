package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Two devices cannot have one name on one network. */
class SameNameTest extends SystemTest {

    @Test
    void theSecondLivingRoomIsRenamedAndAddressedByItsNewName() {
        Device first = device("first");
        Device second = device("second");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);

        Command receivingFirst = first.receive("Living Room");
        assertThat(receivingFirst.awaitEvent("ready").get("name").asText()).isEqualTo("Living Room");
        Command receivingSecond = second.receive("Living Room");
        assertThat(receivingSecond.awaitEvent("ready").get("name").asText()).isEqualTo("Living Room (2)");

        assertThat(sendWithCode(laptop, note, "Living Room (2)", receivingSecond)
                        .exitStatus())
                .isZero();

        Samples.assertSame(second.inbox().resolve("note.txt"), note);
        assertThat(Samples.tree(first.inbox())).isEmpty();
        assertThat(receivingFirst.events("code")).isEmpty();
    }

    @Test
    void theFirstKeepsItsNameForThoseWhoSendToIt() {
        Device first = device("first");
        Device second = device("second");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        Command receivingFirst = first.receive("Living Room");
        receivingFirst.awaitEvent("ready");
        second.receive("Living Room").awaitEvent("ready");

        assertThat(sendWithCode(laptop, note, "Living Room", receivingFirst).exitStatus())
                .isZero();

        Samples.assertSame(first.inbox().resolve("note.txt"), note);
    }
}
