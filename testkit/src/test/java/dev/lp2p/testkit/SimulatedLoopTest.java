package dev.lp2p.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatedLoopTest {

    private final SimulatedLoop loop = new SimulatedLoop();
    private final List<String> ran = new ArrayList<>();

    @Test
    void tasksRunInTheOrderOfTheirTimeAndThenOfSubmission() {
        loop.schedule(() -> ran.add("third"), 2, TimeUnit.SECONDS);
        loop.schedule(() -> ran.add("first"), 1, TimeUnit.SECONDS);
        loop.schedule(() -> ran.add("second"), 1, TimeUnit.SECONDS);

        loop.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void aTaskSeesTheTimeItWasScheduledFor() {
        loop.schedule(() -> ran.add(loop.elapsed().toString()), 3, TimeUnit.SECONDS);

        loop.advance(Duration.ofSeconds(10));

        assertThat(ran).containsExactly("PT3S");
        assertThat(loop.elapsed()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aPeriodicTaskRunsUntilItIsCancelled() {
        ScheduledFuture<?> ticking = loop.scheduleAtFixedRate(() -> ran.add("tick"), 1, 1, TimeUnit.SECONDS);
        loop.advance(Duration.ofSeconds(3));

        ticking.cancel(false);
        loop.advance(Duration.ofSeconds(3));

        assertThat(ran).hasSize(3);
        assertThat(loop.pendingTasks()).isZero();
    }

    @Test
    void advanceUntilStopsAtTheEventAndFailsWhenItNeverComes() {
        loop.schedule(() -> ran.add("event"), 5, TimeUnit.SECONDS);

        loop.advanceUntil(() -> !ran.isEmpty(), Duration.ofMinutes(1));

        assertThat(loop.elapsed()).isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> loop.advanceUntil(() -> false, Duration.ofMinutes(1)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aFailingTaskFailsTheTest() {
        loop.execute(() -> {
            throw new IllegalStateException("broken");
        });

        assertThatThrownBy(loop::runReady).isInstanceOf(AssertionError.class).hasRootCauseMessage("broken");
    }
}
