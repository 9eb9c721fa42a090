package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A device that is not there is not waited for without end. */
class NotFoundTest extends SystemTest {

    @Test
    void sendingToANameThatNobodyHasEndsWithStatus3AndSaysSo() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        tv.receive("Living Room").awaitEvent("ready");

        Command sending = laptop.lp2p("send", note.toString(), "--to", "Kitchen", "--wait", "3");

        assertThat(sending.exitStatus()).isEqualTo(3);
        assertThat(sending.process().errors().all()).anyMatch(line -> line.contains("Kitchen"));
        assertThat(sending.process().errors().all()).noneMatch(line -> line.startsWith("\tat "));
    }
}
