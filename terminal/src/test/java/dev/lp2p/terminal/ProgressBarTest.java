package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.SimulatedLoop;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private static final long MB = 1_000_000;

    private final SimulatedLoop clock = new SimulatedLoop();
    private final ProgressMeter meter = new ProgressMeter(clock, 1200 * MB);
    private final ProgressBar bar = new ProgressBar(true);

    @Test
    void eightyColumnsHoldTheFileTheBarTheAmountTheRateAndTheTimeLeft() {
        runFor(6, 112 * MB);

        assertThat(draw(80)).isEqualTo("""
                  photos/summer/IMG_0001.jpg
                  ████████████░░░░░░░░░░  56 %  672 MB of 1.2 GB  112 MB/s  5 s left""");
    }

    @Test
    void theBarIsNotDrawnWiderThanTheEyeCompares() {
        runFor(6, 112 * MB);

        assertThat(draw(200)).isEqualTo("""
                  photos/summer/IMG_0001.jpg
                  ██████████████████████░░░░░░░░░░░░░░░░░░  56 %  672 MB of 1.2 GB  112 MB/s  5 s left""");
    }

    @Test
    void aNarrowTerminalKeepsTheBarAndThePercentage() {
        runFor(6, 112 * MB);

        assertThat(draw(30)).isEqualTo("""
                  photos/summer/IMG_0001.jpg
                  ███████████░░░░░░░░░░  56 %""");
    }

    @Test
    void noLineIsWiderThanTheTerminal() {
        runFor(3, 112 * MB);
        for (int columns = 4; columns < 200; columns++) {
            for (String line : bar.draw("リビング👩‍🚀.jpg".repeat(20), meter.snapshot(), columns)) {
                assertThat(TextWidth.of(line)).isLessThan(columns);
            }
        }
    }

    @Test
    void aTerminalWithoutUnicodeGetsPlainCharacters() {
        runFor(6, 112 * MB);

        assertThat(new ProgressBar(false).draw("a", meter.snapshot(), 70).get(1))
                .isEqualTo("  ######......  56 %  672 MB of 1.2 GB  112 MB/s  5 s left");
    }

    @Test
    void whereNothingMovesItSaysThatItWaits() {
        runFor(6, 112 * MB);
        runFor(6, 0);

        assertThat(draw(80)).endsWith(" 56 %  672 MB of 1.2 GB  waiting");
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        runFor(8, 10 * MB);
        runFor(6, 50 * MB);

        assertThat(meter.snapshot().rate()).isEqualTo(50.0 * MB);
        assertThat(meter.averageRate()).isBetween(27.0 * MB, 28.0 * MB);
    }

    @Test
    void whatIsDoneShowsNoTimeLeft() {
        meter.update(1200 * MB);

        assertThat(draw(80)).endsWith("████ 100 %  1.2 GB of 1.2 GB");
    }

    @Test
    void nothingToSendIsAllDone() {
        ProgressMeter nothing = new ProgressMeter(clock, 0);

        assertThat(bar.draw("empty", nothing.snapshot(), 80).get(1)).endsWith("████ 100 %  0 B of 0 B");
    }

    private void runFor(int seconds, long bytesPerSecond) {
        for (int i = 0; i < seconds; i++) {
            clock.advance(Duration.ofSeconds(1));
            meter.update(meter.snapshot().done() + bytesPerSecond);
        }
    }

    private String draw(int columns) {
        List<String> lines = bar.draw("photos/summer/IMG_0001.jpg", meter.snapshot(), columns);
        return String.join("\n", lines).stripIndent();
    }
}
