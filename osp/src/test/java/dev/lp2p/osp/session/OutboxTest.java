package dev.lp2p.osp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.message.AgentStatusResponse;
import dev.lp2p.osp.transport.SimulatedConnectionPair.Conditions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Rig rig = new Rig(1);
    private final AtomicInteger overflows = new AtomicInteger();

    private Outbox outbox() {
        rig.connect();
        new RawPeer(rig.pair().server(), rig.allocator);
        return new Outbox(rig.pair().client(), rig.allocator, overflows::incrementAndGet);
    }

    @Test
    void messagesForAPeerThatTakesNonePileUpToACap() {
        rig.conditions = new Conditions(Duration.ofMillis(1), Duration.ZERO, 1000, 0);
        Outbox outbox = outbox();
        for (int i = 0; i < Outbox.MAX_WAITING_MESSAGES; i++) {
            outbox.send(new AgentStatusResponse(i));
            rig.loop.runReady();
        }
        assertThat(overflows).hasValue(0);
        outbox.send(new AgentStatusResponse(0));
        assertThat(overflows).hasValue(1);
    }

    @Test
    void messagesForAPeerThatTakesThemNeverDo() {
        Outbox outbox = outbox();
        for (int i = 0; i < 3 * Outbox.MAX_WAITING_MESSAGES; i++) {
            outbox.send(new AgentStatusResponse(i));
            rig.loop.runReady();
        }
        assertThat(overflows).hasValue(0);
    }
}
