package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.hosts.OutputLines;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Wireless networks lose packets. */
class PacketLossTest extends SystemTest {

    @Test
    void aFileArrivesThoughOnePacketInTwentyIsLostInBothDirections() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        tv.host().loseIncoming(50);
        laptop.host().loseIncoming(50);
        Path film = Samples.file(folder.resolve("film.bin"), 8 * Samples.MIB);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        assertThat(sendWithCode(laptop, film, "Living Room", receiving).exitStatus(OutputLines.PATIENCE_FOR_MUCH))
                .isZero();

        Samples.assertSame(tv.inbox().resolve("film.bin"), film);
    }
}
