package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Who is asked may say no. */
class DeclinedTest extends SystemTest {

    @Test
    void anOfferThatIsDeclinedEndsWithStatus5AndNothingArrives() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        Command receiving =
                tv.lp2p("receive", "--name", "Living Room", "--dir", tv.inbox().toString());
        receiving.awaitEvent("ready");
        Command sending = sendWithCode(laptop, note, "Living Room", receiving);

        assertThat(receiving.awaitEvent("offer").get("bytes").asLong()).isEqualTo(10);
        receiving.sendLine("no");

        assertThat(sending.exitStatus()).isEqualTo(5);
        assertThat(Samples.tree(tv.inbox())).isEmpty();
    }

    @Test
    void anOfferThatIsTakenArrives() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Path note = Samples.file(folder.resolve("note.txt"), 10);
        Command receiving =
                tv.lp2p("receive", "--name", "Living Room", "--dir", tv.inbox().toString(), "--once");
        receiving.awaitEvent("ready");
        Command sending = sendWithCode(laptop, note, "Living Room", receiving);

        receiving.awaitEvent("offer");
        assertThat(Samples.tree(tv.inbox())).isEmpty();
        receiving.sendLine("yes");

        assertThat(sending.exitStatus()).isZero();
        assertThat(receiving.exitStatus()).as("receive --once").isZero();
        Samples.assertSame(tv.inbox().resolve("note.txt"), note);
    }
}
