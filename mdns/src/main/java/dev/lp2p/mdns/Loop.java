package dev.lp2p.mdns;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Time, order and chance: the one thread that all protocol state belongs to, its clock, and a source of delays. */
final class Loop {

    static final System.Logger LOG = System.getLogger("dev.lp2p.mdns");

    private final ScheduledExecutorService executor;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** The thread that runs a task now. */
    private volatile @Nullable Thread thread;

    Loop(ScheduledExecutorService executor, InstantSource clock, RandomGenerator random) {
        this.executor = executor;
        this.clock = clock;
        this.random = random;
    }

    Instant now() {
        return clock.instant();
    }

    void post(Runnable task) {
        executor.execute(logged(task));
    }

    /** Runs the task once, later, unless the result is cancelled before. */
    Future<?> after(Duration delay, Runnable task) {
        return executor.schedule(logged(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A random time of at least {@code least} and less than {@code most}. */
    Duration between(Duration least, Duration most) {
        return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos()));
    }

    long randomBits() {
        return random.nextLong();
    }

    /** Says so where the rule is broken that protocol state belongs to the loop. */
    void assertOnLoop() {
        if (thread != Thread.currentThread()) {
            throw new IllegalStateException("Not on the loop of multicast DNS");
        }
    }

    /** An executor keeps a failure in a future at which nobody looks. */
    private Runnable logged(Runnable task) {
        return () -> {
            thread = Thread.currentThread();
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "A task of multicast DNS failed", e);
                throw e;
            } finally {
                thread = null;
            }
        };
    }
}
