package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One end is gone in the middle of a file: the other says so, and nothing half stands under the file's name. */
class InterruptedTransferTest extends SystemTest {

    /** Silence ends a connection after 25 s; a loaded machine takes longer. */
    private static final Duration UNTIL_IT_IS_NOTICED = Duration.ofMinutes(2);

    private Device tv;
    private Command receiving;
    private Command sending;

    @BeforeEach
    void aTransferIsUnderWay() {
        tv = device("tv");
        Device laptop = device("laptop");
        Path film = Samples.file(folder.resolve("film.bin"), 200 * Samples.MIB);
        laptop.host().limitRate(80_000_000);
        receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");
        sending = sendWithCode(laptop, film, "Living Room", receiving);
        receiving.awaitEvent("progress", event -> event.get("done").asLong() > Samples.MIB);
    }

    @Test
    void whenTheReceiverIsKilledTheSenderEndsWithStatus6() {
        receiving.process().kill();

        assertThat(sending.exitStatus(UNTIL_IT_IS_NOTICED)).isEqualTo(6);
        assertThat(sending.events("sent")).isEmpty();
        assertThat(Samples.tree(tv.inbox())).doesNotContainKey("film.bin");
    }

    @Test
    void whenTheSenderIsKilledTheReceiverReportsItAndKeepsNothingUnderTheName() {
        sending.process().kill();

        receiving.awaitEvent("failed", event -> true, UNTIL_IT_IS_NOTICED);
        assertThat(Samples.tree(tv.inbox())).doesNotContainKey("film.bin");
        assertThat(receiving.process().isAlive())
                .as("it waits for the next transfer")
                .isTrue();
    }

    @Test
    void whenTheReceiverIsAskedToEndTheSenderKnowsAtOnce() {
        receiving.stop();

        assertThat(sending.exitStatus()).isEqualTo(6);
    }
}
