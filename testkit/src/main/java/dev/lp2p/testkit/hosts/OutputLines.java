package dev.lp2p.testkit.hosts;

import dev.lp2p.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The lines that a process writes to one of its outputs. Waiting goes forward only: each wait begins after the line that the
 * one before it found, so that a test that waits for two events in turn also says their order.
 */
public final class OutputLines {

    /** How long to wait for what should happen soon; a loaded machine may take its time. */
    public static final Duration PATIENCE = Eventually.PATIENCE;

    /**
     * How long to wait for what many bytes take, or a network that loses some of them. It only ends what hangs: how long it
     * should take is not said here.
     */
    public static final Duration PATIENCE_FOR_MUCH = Duration.ofMinutes(5);

    private final List<String> lines = new ArrayList<>();
    private final Supplier<String> transcript;
    private int next;
    private boolean ended;

    OutputLines(Supplier<String> transcript) {
        this.transcript = transcript;
    }

    /**
     * Waits for a line that matches.
     *
     * @param what the event waited for, for the failure's message: "that it is ready"
     * @throws AssertionError if the output ends before it comes, or it does not come in time; the message has the whole
     *     output
     */
    public String await(String what, Predicate<String> matches) {
        return await(what, matches, PATIENCE);
    }

    /** The same, with a limit other than {@link #PATIENCE}. */
    public synchronized String await(String what, Predicate<String> matches, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            while (next < lines.size()) {
                String line = lines.get(next++);
                if (matches.test(line)) {
                    return line;
                }
            }
            if (ended) {
                throw new AssertionError("Waited to see " + what + ", but the output ended.\n" + transcript.get());
            }
            if (!waitUntil(deadline)) {
                throw new AssertionError(
                        "Waited to see " + what + ", but not within " + limit + ".\n" + transcript.get());
            }
        }
    }

    /** Every line so far; every line there is, once the process has ended. */
    public synchronized List<String> all() {
        return List.copyOf(lines);
    }

    synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    synchronized void end() {
        ended = true;
        notifyAll();
    }

    synchronized void awaitEnd(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ended) {
            if (!waitUntil(deadline)) {
                throw new AssertionError("It did not end within " + limit + ".\n" + transcript.get());
            }
        }
    }

    /** Waits for a change; false when it is too late. The caller looks again in any case. */
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's.
    private boolean waitUntil(long deadline) {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            return false;
        }
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted.\n" + transcript.get(), e);
        }
        return true;
    }
}
