package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChannelsWindowTest {

    private static final long OF_ONE = 1024 * 1024;

    private final ChannelsWindow window = new ChannelsWindow(OF_ONE);

    @Test
    void aChannelHasItsWholeWindowWhileAllTogetherHoldLittle() {
        window.hold(ChannelsWindow.CONNECTION_WINDOW);

        assertThat(window.ofChannel()).isEqualTo(OF_ONE);
    }

    @Test
    void aChannelThatHoldsMoreThanItsLeastEndsWhenAllTogetherAreAtTheirMost() {
        window.hold(ChannelsWindow.MAX_HELD_BYTES);
        assertThat(window.isExceeded(OF_ONE)).isFalse();

        window.hold(1);
        assertThat(window.isExceeded(OF_ONE)).isTrue();
        assertThat(window.isExceeded(ChannelsWindow.MIN_CHANNEL_WINDOW)).isFalse();
    }

    @Test
    void everyChannelKeepsALittleWhenAllTogetherHoldTooMuchUntilTheyDoNot() {
        window.hold(ChannelsWindow.CONNECTION_WINDOW + 1);
        assertThat(window.ofChannel()).isEqualTo(ChannelsWindow.MIN_CHANNEL_WINDOW);

        window.release(1);
        assertThat(window.ofChannel()).isEqualTo(OF_ONE);
    }
}
