package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.testkit.hosts.OutputLines;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole way: two hosts that never met find and authenticate each other, and a large file crosses. */
class FirstTransferTest extends SystemTest {

    @Test
    void aFileOfOneGibibyteArrivesWithTheChecksumThatBothEndsShow() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path film = Samples.file(folder.resolve("film.bin"), Samples.GIB);

        Command receiving = tv.receive("Living Room");
        JsonNode ready = receiving.awaitEvent("ready");
        Command sending = sendWithCode(laptop, film, "Living Room", receiving);

        assertThat(sending.exitStatus(OutputLines.PATIENCE_FOR_MUCH)).isZero();
        JsonNode received = receiving.awaitEvent("received");
        JsonNode sent = sending.events("sent").get(0);
        assertThat(received.get("path").asText()).isEqualTo("film.bin");
        assertThat(received.get("bytes").asLong()).isEqualTo(Samples.GIB);
        assertThat(sent.get("sha256")).isEqualTo(received.get("sha256"));
        Samples.assertSame(tv.inbox().resolve("film.bin"), film);

        assertThat(sending.story()).containsExactly("found", "code-needed", "authenticated", "sent", "done");
        assertThat(receiving.story()).startsWith("ready", "code", "authenticated", "offer", "received");
        assertThat(sending.events("authenticated").get(0).get("fingerprint")).isEqualTo(ready.get("fingerprint"));
        JsonNode done = sending.events("done").get(0);
        assertThat(List.of(done.get("files").asLong(), done.get("bytes").asLong()))
                .isEqualTo(List.of(1L, Samples.GIB));
    }
}
