package dev.lp2p.desktop.widget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.testkit.SimulatedLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArmingTest {

    private final SimulatedLoop clock = new SimulatedLoop();
    private final Arming arming = new Arming(clock);

    @Test
    void itIsArmedHalfASecondAfterItBegan() {
        assertThat(arming.isArmed()).isFalse();
        clock.advance(Duration.ofMillis(499));
        assertThat(arming.isArmed()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(arming.isArmed()).isTrue();
    }

    @Test
    void eachChangeBeginsThePauseAgain() {
        clock.advance(Duration.ofMillis(400));
        arming.restart();
        clock.advance(Duration.ofMillis(499));
        assertThat(arming.isArmed()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(arming.isArmed()).isTrue();
    }
}
