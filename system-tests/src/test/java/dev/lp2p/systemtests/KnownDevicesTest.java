package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices that authenticated each other once know each other. */
class KnownDevicesTest extends SystemTest {

    private Device tv;
    private Device laptop;
    private Path note;

    @BeforeEach
    void theyMeet() {
        tv = device("tv");
        laptop = device("laptop");
        note = Samples.file(folder.resolve("note.txt"), 10);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");
        assertThat(sendWithCode(laptop, note, "Living Room", receiving).exitStatus())
                .isZero();
        receiving.awaitEvent("received");
        receiving.stop();
    }

    @Test
    void theSecondTransferAsksForNoCode() {
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        Command sending = laptop.send(Samples.file(folder.resolve("second.txt"), 20), "Living Room");

        assertThat(sending.exitStatus()).isZero();
        assertThat(sending.story()).containsExactly("found", "authenticated", "sent", "done");
        receiving.awaitEvent("received");
        assertThat(receiving.events("code")).isEmpty();
        assertThat(Samples.tree(tv.inbox())).containsOnlyKeys("note.txt", "second.txt");
    }

    @Test
    void theOtherWayRoundNeedsNoCodeEither() {
        Command receiving = laptop.receive("Laptop");
        receiving.awaitEvent("ready");

        Command sending = tv.send(note, "Laptop");

        assertThat(sending.exitStatus()).isZero();
        assertThat(sending.events("code-needed")).isEmpty();
        Samples.assertSame(laptop.inbox().resolve("note.txt"), note);
    }

    @Test
    void aFileThatIsThereAlreadyIsNotOverwritten() {
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");
        Path other = Samples.file(folder.resolve("other/note.txt"), 30);

        assertThat(laptop.send(other, "Living Room").exitStatus()).isZero();

        String arrivedAs = receiving.awaitEvent("received").get("path").asText();
        assertThat(arrivedAs).isNotEqualTo("note.txt");
        Samples.assertSame(tv.inbox().resolve("note.txt"), note);
        Samples.assertSame(tv.inbox().resolve(arrivedAs), other);
    }

    @Test
    void aForgottenDeviceNeedsACodeAgain() {
        assertThat(laptop.lp2p("forget", "Living Room").exitStatus()).isZero();
        assertThat(tv.lp2p("peers").exitStatus()).isZero();
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        Command sending = laptop.send(Samples.file(folder.resolve("second.txt"), 20), "Living Room");

        sending.awaitEvent("code-needed");
        sending.sendLine(receiving.awaitEvent("code").get("code").asText());
        assertThat(sending.exitStatus()).isZero();
    }
}
