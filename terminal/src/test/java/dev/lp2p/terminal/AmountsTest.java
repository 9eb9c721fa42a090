package dev.lp2p.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void bytesHaveThreeDigitsAtMost() {
        assertThat(Amounts.bytes(0)).isEqualTo("0 B");
        assertThat(Amounts.bytes(999)).isEqualTo("999 B");
        assertThat(Amounts.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Amounts.bytes(99_940)).isEqualTo("99.9 kB");
        assertThat(Amounts.bytes(99_960)).isEqualTo("100 kB");
        assertThat(Amounts.bytes(999_600)).isEqualTo("1.0 MB");
        assertThat(Amounts.bytes(1L << 30)).isEqualTo("1.1 GB");
        assertThat(Amounts.bytes(Long.MAX_VALUE)).isEqualTo("9223 PB");
    }

    @Test
    void timesAreAsExactAsTheyAreShort() {
        assertThat(Amounts.time(Duration.ofMillis(142))).isEqualTo("0.1 s");
        assertThat(Amounts.time(Duration.ofMillis(9_960))).isEqualTo("10 s");
        assertThat(Amounts.time(Duration.ofSeconds(75))).isEqualTo("1 min 15 s");
        assertThat(Amounts.time(Duration.ofMinutes(135))).isEqualTo("2 h 15 min");
    }

    @Test
    void whatIsLeftIsNeverNothing() {
        assertThat(Amounts.remaining(Duration.ofMillis(3))).isEqualTo("1 s left");
        assertThat(Amounts.remaining(Duration.ofSeconds(200))).isEqualTo("3 min 20 s left");
    }
}
