package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausedChannelTest {

    private final ConnectionFixture fixture = new ConnectionFixture(true);
    private final List<String> events = fixture.events;
    private final LP2PDataChannel channel = fixture.openChannel();
    private final FakeDataChannel wire = fixture.wire();

    @Test
    void aChannelThatIsPausedInTheListenerDeliversTheNextMessageOnlyWhenItGoesOn() {
        channel.onMessage(data -> {
            events.add(ConnectionFixture.text(data));
            channel.pause();
        });
        wire.receive("one");
        wire.receive("two");
        fixture.settle();
        assertThat(events).containsExactly("one");

        channel.resume();
        fixture.settle();
        assertThat(events).containsExactly("one", "two");
    }

    @Test
    void theEndWaitsBehindMessagesThatWait() {
        record();
        channel.pause();
        wire.receive("last");
        wire.listener().onClosing();
        wire.end(Reason.CLOSED);
        fixture.settle();
        assertThat(events).isEmpty();

        channel.resume();
        fixture.settle();
        assertThat(events).containsExactly("message last", "closing CLOSING", "close CLOSED");
    }

    @Test
    void withoutMessagesThatWaitTheEndComesAllTheSame() {
        record();
        channel.pause();
        wire.listener().onClosing();
        wire.end(Reason.CLOSED);
        fixture.settle();

        assertThat(events).containsExactly("closing CLOSING", "close CLOSED");
    }

    private void record() {
        fixture.record(channel);
        fixture.settle();
        events.clear();
    }

    @Test
    void aPausedChannelStopsTheFarSenderBeyondItsWindow() {
        channel.onMessage(data -> events.add("message"));
        channel.pause();
        for (int i = 0; i < 3; i++) {
            wire.receive("x".repeat(ConnectionFixture.WINDOW));
        }
        fixture.settle();
        assertThat(wire.reading).isFalse();

        channel.resume();
        fixture.settle();
        assertThat(wire.reading).isTrue();
        assertThat(events).containsExactly("message", "message", "message");
    }
}
