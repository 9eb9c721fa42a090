package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.hosts.Addressing;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks with one Internet protocol only, and hosts that have both beside hosts that do not. */
class AddressFamiliesTest extends SystemTest {

    @ParameterizedTest
    @CsvSource({"IPV4, IPV4", "IPV6, IPV6", "IPV4, BOTH", "BOTH, IPV6"})
    void aFileCrosses(Addressing receiver, Addressing sender) {
        Device tv = device("tv", receiver);
        Device laptop = device("laptop", sender);
        Path note = Samples.file(folder.resolve("note.txt"), Samples.MIB);
        Command receiving = tv.receive("Living Room");
        receiving.awaitEvent("ready");

        assertThat(sendWithCode(laptop, note, "Living Room", receiving).exitStatus())
                .isZero();

        Samples.assertSame(tv.inbox().resolve("note.txt"), note);
    }
}
