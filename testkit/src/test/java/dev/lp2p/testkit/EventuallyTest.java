package dev.lp2p.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventuallyTest {

    @Test
    void itLooksUntilWhatItSeesMatches() {
        assertThat(Eventually.await("three", new AtomicInteger()::incrementAndGet, seen -> seen >= 3))
                .isEqualTo(3);
    }

    @Test
    void whatNeverComesFailsWithWhatWasSeenLast() {
        assertThatThrownBy(() -> Eventually.await("a pig", () -> "a bird", "a pig"::equals, Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("a pig", "a bird");
    }
}
