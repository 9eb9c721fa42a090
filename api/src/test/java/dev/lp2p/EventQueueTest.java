package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    @Test
    void anErrorInAListenerEndsNothingHere() {
        List<String> heard = new ArrayList<>();
        EventQueue events = new EventQueue(
                Runnable::run,
                () -> EventQueue.call(() -> {
                    heard.add("event");
                    throw new NoClassDefFoundError("of the program");
                }));

        events.wake();
        events.wake();

        assertThat(heard).hasSize(2);
    }
}
