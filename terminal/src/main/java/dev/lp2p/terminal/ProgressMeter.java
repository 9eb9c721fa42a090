package dev.lp2p.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a transfer goes lately, and how long the rest takes at that. Not thread-safe. */
public final class ProgressMeter {

    /** The rate shown is that of this long a time: shorter flickers, longer lags. */
    private static final Duration WINDOW = Duration.ofSeconds(5);

    /** Samples closer together than this say nothing new. */
    private static final Duration SPACING = Duration.ofMillis(100);

    private final InstantSource clock;
    private final long total;
    private final Instant start;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private long done;

    public ProgressMeter(InstantSource clock, long total) {
        this.clock = clock;
        this.total = total;
        this.start = clock.instant();
        samples.add(new Sample(start, 0));
    }

    /** Notes that {@code bytes} of the total are through. */
    public void update(long bytes) {
        done = bytes;
        Instant now = clock.instant();
        if (Duration.between(samples.getLast().at, now).compareTo(SPACING) < 0) {
            return;
        }
        samples.addLast(new Sample(now, bytes));
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at, now).compareTo(WINDOW) > 0) {
            samples.removeFirst();
        }
    }

    public Snapshot snapshot() {
        Sample oldest = samples.getFirst();
        double rate = rate(done - oldest.bytes, Duration.between(oldest.at, clock.instant()));
        Duration left = rate <= 0 ? Duration.ZERO : Duration.ofMillis((long) ((total - done) / rate * 1000));
        return new Snapshot(done, total, rate, left);
    }

    /** From the first byte to now. */
    public Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    /** Bytes a second over the whole time. */
    public double averageRate() {
        return rate(done, elapsed());
    }

    private static double rate(long bytes, Duration time) {
        return time.toMillis() <= 0 ? 0 : bytes * 1000.0 / time.toMillis();
    }

    /**
     * One look at a transfer.
     *
     * @param rate bytes a second lately; 0 while it is not known or nothing moves
     */
    public record Snapshot(long done, long total, double rate, Duration left) {

        public int percent() {
            return total == 0 ? 100 : (int) (done * 100.0 / total);
        }
    }

    private record Sample(Instant at, long bytes) {}
}
