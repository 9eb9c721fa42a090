package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceiveWindowTest {

    private static final long OF_ONE = 1024 * 1024;

    private final ReceiveWindow window = new ReceiveWindow(OF_ONE);

    @Test
    void aChannelHasItsWholeWindowWhileAllTogetherHoldLittle() {
        window.hold(ReceiveWindow.CONNECTION_WINDOW);

        assertThat(window.ofChannel()).isEqualTo(OF_ONE);
    }

    @Test
    void everyChannelKeepsALittleWhenAllTogetherHoldTooMuchUntilTheyDoNot() {
        window.hold(ReceiveWindow.CONNECTION_WINDOW + 1);
        assertThat(window.ofChannel()).isEqualTo(ReceiveWindow.MIN_CHANNEL_WINDOW);

        window.release(1);
        assertThat(window.ofChannel()).isEqualTo(OF_ONE);
    }
}
