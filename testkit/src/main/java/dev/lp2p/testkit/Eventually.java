package dev.lp2p.testkit;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what nobody announces, by looking again and again. Where there is an event, wait for that instead. */
public final class Eventually {

    /** How long to wait for what should happen soon; a loaded machine may take its time. */
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Between two looks, so that the processors are there for what is waited for. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private Eventually() {}

    /**
     * Looks until what is seen matches.
     *
     * @param what the thing waited for, for the failure's message: "two connections"
     * @return what was seen last, which matches
     * @throws AssertionError if it does not come in time; the message has what was seen last
     */
    public static <T> T await(String what, Supplier<T> look, Predicate<? super T> matches) {
        return await(what, look, matches, PATIENCE);
    }

    static <T> T await(String what, Supplier<T> look, Predicate<? super T> matches, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        T seen = look.get();
        while (!matches.test(seen)) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("Waited to see " + what + ", but not within " + limit + "; at last: " + seen);
            }
            pause();
            seen = look.get();
        }
        return seen;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }
}
