package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.agent.event.Event;
import dev.lp2p.terminal.Screen;
import dev.lp2p.testkit.SimulatedLoop;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferViewTest {

    private final SimulatedLoop loop = new SimulatedLoop();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Event> events = new ArrayList<>();

    @Test
    void aProgramHearsOfProgressTwiceASecondAtMostAndOfTheEnd() {
        TransferView view = view(false);
        for (int i = 1; i <= 10; i++) {
            view.progress("a.iso", i * 100L);
            loop.advance(Duration.ofMillis(110));
        }
        view.close();

        assertThat(events)
                .containsExactly(new Event.Progress("a.iso", 500, 1000), new Event.Progress("a.iso", 1000, 1000));
    }

    @Test
    void whereNothingMovesAProgramHearsNothing() {
        TransferView view = view(false);
        view.progress("a.iso", 100);
        loop.advance(Duration.ofSeconds(4));

        assertThat(events).hasSize(1);
    }

    @Test
    void aLogFileGetsALineNowAndThen() {
        TransferView view = view(false);
        for (int i = 1; i <= 10; i++) {
            view.progress("a.iso", i * 100L);
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(written.toString(StandardCharsets.UTF_8))
                .isEqualTo("  50 %  500 B of 1.0 kB  100 B/s  5 s left\n  100 %  1.0 kB of 1.0 kB\n");
    }

    @Test
    void aTerminalShowsTheFileUnderWayWithoutWhatItsNameCouldDo() {
        TransferView view = view(true);
        view.progress("evil\u001b[2J.iso", 100);
        loop.advance(Duration.ofMillis(100));

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("  evil[2J.iso\n")
                .doesNotContain("\u001b[2J");
    }

    @Test
    void afterTheEndNothingIsDrawn() {
        TransferView view = view(true);
        view.close();

        assertThat(loop.pendingTasks()).isZero();
    }

    private TransferView view(boolean terminal) {
        PrintStream stream = new PrintStream(written, true, StandardCharsets.UTF_8);
        return new TransferView(new Screen(stream, terminal, true, () -> 80), events::add, loop, loop, 1000);
    }
}
