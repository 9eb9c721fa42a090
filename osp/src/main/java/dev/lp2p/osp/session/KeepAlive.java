package dev.lp2p.osp.session;

import dev.lp2p.osp.transport.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the peer is gone within 13 seconds of its last packet, and keeps a connection alive on which nothing is
 * said. Packets are counted and not messages: a peer whose messages wait since we do not read still acknowledges.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">agent-status-request</a>
 */
final class KeepAlive {

    static final Duration TICK = Duration.ofSeconds(1);

    /** Ticks without a packet after which the peer is asked for its status, and again after as many. */
    static final int TICKS_TO_ASK = 4;

    /** Ticks without a packet, well before the idle timeout of 25 seconds. */
    static final int TICKS_TO_LOSS = 12;

    /** Between two ticks, if this device slept or its loop was blocked. */
    static final Duration LATE = TICK.multipliedBy(4);

    /** Between two looks at what may have changed without a word. */
    static final Duration INTERVAL = TICK.multipliedBy(10);

    private final ScheduledExecutorService loop;
    private final InstantSource clock;
    private final Connection connection;
    private final Events events;
    private Instant lastTick;
    private Instant lastLook;
    private long packets;
    private int silentTicks;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> timer;

    KeepAlive(ScheduledExecutorService loop, InstantSource clock, Connection connection, Events events) {
        this.loop = loop;
        this.clock = clock;
        this.connection = connection;
        this.events = events;
        this.lastTick = clock.instant();
        this.lastLook = lastTick;
    }

    void start() {
        lastTick = clock.instant();
        lastLook = lastTick;
        schedule();
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void schedule() {
        timer = loop.schedule(this::onTick, TICK.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void onTick() {
        Instant now = clock.instant();
        // What the peer sent meanwhile has yet to be read.
        boolean isLate = Duration.between(lastTick, now).compareTo(LATE) >= 0;
        lastTick = now;
        if (Duration.between(lastLook, now).abs().compareTo(INTERVAL) >= 0) {
            lastLook = now;
            events.look();
        }
        if (!stopped) {
            schedule();
            connection.stats().thenAccept(stats -> onStats(stats.packetsReceived(), isLate));
        }
    }

    private void onStats(long packetsReceived, boolean isLate) {
        if (stopped) {
            return;
        }
        if (isLate || packetsReceived != packets) {
            packets = packetsReceived;
            silentTicks = 0;
        } else {
            silentTicks++;
        }
        if (silentTicks >= TICKS_TO_LOSS) {
            events.lost();
        } else if (isLate || (silentTicks > 0 && silentTicks % TICKS_TO_ASK == 0)) {
            events.ask();
        }
    }

    /** What the session does. */
    interface Events {

        /** Makes the peer send something. */
        void ask();

        /** The peer is gone. */
        void lost();

        /** Time for a look at what may have changed without a word. */
        void look();
    }
}
