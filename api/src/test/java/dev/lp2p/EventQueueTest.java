package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void aWakeThatFoundNoThreadIsNotTheLast() {
        List<String> heard = new ArrayList<>();
        AtomicBoolean isExhausted = new AtomicBoolean(true);
        EventQueue events = new EventQueue(
                task -> {
                    if (isExhausted.getAndSet(false)) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                },
                () -> heard.add("event"));

        assertThatThrownBy(events::wake).isInstanceOf(OutOfMemoryError.class);
        assertThat(events.wake()).isTrue();

        assertThat(heard).containsExactly("event");
    }
}
