package dev.lp2p.osp.session;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task whenever nothing was sent for {@link #INTERVAL}, and another at least that often, whatever is sent.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/application.html#metadata">agent-status-request</a>
 */
final class KeepAlive {

    /** Less than half of the idle timeout of 25 seconds, so that one that is late costs nothing. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ScheduledExecutorService loop;
    private final InstantSource clock;
    private final Runnable keepAlive;
    private final Runnable tick;
    private long lastSentMillis;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> timer;

    KeepAlive(ScheduledExecutorService loop, InstantSource clock, Runnable keepAlive, Runnable tick) {
        this.loop = loop;
        this.clock = clock;
        this.keepAlive = keepAlive;
        this.tick = tick;
        this.lastSentMillis = clock.millis();
    }

    void start() {
        schedule(INTERVAL);
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Something was sent. Cheap, since it is called for every message: the timer finds out when it fires. */
    void onSent() {
        lastSentMillis = clock.millis();
    }

    private void schedule(Duration delay) {
        timer = loop.schedule(this::onTimer, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void onTimer() {
        tick.run();
        if (stopped) {
            return;
        }
        Duration left = INTERVAL.minusMillis(clock.millis() - lastSentMillis);
        if (left.isNegative() || left.isZero()) {
            keepAlive.run();
            left = INTERVAL;
        }
        schedule(left);
    }
}
