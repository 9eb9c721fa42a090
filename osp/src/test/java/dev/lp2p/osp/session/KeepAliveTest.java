package dev.lp2p.osp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.AgentStatusRequest;
import dev.lp2p.osp.transport.SimulatedConnection;
import dev.lp2p.osp.transport.SimulatedConnectionPair;
import dev.lp2p.osp.transport.SimulatedConnectionPair.Conditions;
import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    private static final Duration LOSS = KeepAlive.TICK.multipliedBy(KeepAlive.TICKS_TO_LOSS);

    private final SimulatedLoop loop = new SimulatedLoop();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    private final Fingerprint someone = TestFingerprints.of("someone");
    private final SimulatedConnectionPair pair =
            new SimulatedConnectionPair(loop, allocator, new Random(1), Conditions.SMOOTH, someone, someone);
    private final RawPeer peer = new RawPeer(pair.client(), allocator);
    private final SimulatedConnection connection = pair.server();
    private final List<String> events = new ArrayList<>();

    /** How far the clock is ahead of the time in which the loop ran. */
    private Duration asleep = Duration.ZERO;

    private final KeepAlive keepAlive =
            new KeepAlive(loop, () -> loop.instant().plus(asleep), connection, new KeepAlive.Events() {
                @Override
                public void ask() {
                    events.add("ask");
                }

                @Override
                public void lost() {
                    events.add("lost");
                    keepAlive().stop();
                }

                @Override
                public void look() {
                    events.add("look");
                }
            });

    private KeepAlive keepAlive() {
        return keepAlive;
    }

    @BeforeEach
    void thePeerIsHeardOnce() {
        new RawPeer(connection, allocator);
        keepAlive.start();
        hear();
        loop.advance(KeepAlive.TICK);
        events.clear();
    }

    private void hear() {
        peer.send(new AgentStatusRequest(0));
    }

    private List<String> askedAndLost() {
        return events.stream().filter(event -> !event.equals("look")).toList();
    }

    @Test
    void whoIsSilentIsAskedAndThenLost() {
        loop.advance(LOSS.minus(KeepAlive.TICK));
        assertThat(askedAndLost()).containsExactly("ask", "ask");
        loop.advance(KeepAlive.TICK);
        assertThat(askedAndLost()).containsExactly("ask", "ask", "lost");
        assertThat(loop.pendingTasks()).isZero();
    }

    @Test
    void oneThatIsHeardAtTheLastMomentIsNotLost() {
        loop.advance(LOSS.minus(KeepAlive.TICK.dividedBy(2)));
        hear();
        loop.advance(LOSS.minus(KeepAlive.TICK));
        assertThat(askedAndLost()).doesNotContain("lost");
    }

    @Test
    void aDeviceThatSleptAsksBeforeItTakesItsPeerForLost() {
        loop.advance(LOSS.minus(KeepAlive.TICK.dividedBy(2)));
        asleep = Duration.ofHours(8);
        events.clear();
        loop.advance(KeepAlive.TICK);
        assertThat(askedAndLost()).containsExactly("ask");
        loop.advance(LOSS);
        assertThat(askedAndLost()).endsWith("lost");
    }

    @Test
    void aLoopThatIsAlwaysLateLosesNobody() {
        for (int i = 0; i < 20; i++) {
            asleep = asleep.plus(KeepAlive.LATE).minus(KeepAlive.TICK);
            loop.advance(KeepAlive.TICK);
        }
        assertThat(askedAndLost()).doesNotContain("lost");
    }

    @Test
    void aClockThatIsPutBackStopsNothing() {
        asleep = Duration.ofDays(-1);
        loop.advance(KeepAlive.INTERVAL.multipliedBy(2));
        assertThat(events).contains("look", "lost");
    }
}
