package dev.lp2p.osp.authentication;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Authentications that peers began and that ended before anybody could guess. They cost no guess, and keys cost their
 * maker nothing, so that after a few in a row all peers wait alike before the next code appears.
 */
final class UnansweredRuns {

    /** In a row before peers have to wait. */
    static final int FREE = 3;

    /** After one more than are free; each further one doubles it. */
    static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final InstantSource clock;
    private int free = FREE;
    private Duration next = FIRST_PAUSE;
    private Instant until = Instant.MIN;

    UnansweredRuns(InstantSource clock) {
        this.clock = clock;
    }

    void add() {
        if (free > 0) {
            free--;
            return;
        }
        until = clock.instant().plus(next);
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    /** A person is at this device, or authenticated another. */
    void forget() {
        free = FREE;
        next = FIRST_PAUSE;
        until = Instant.MIN;
    }

    /** How long peers have to wait yet; not positive if they need not. */
    Duration left() {
        Instant now = clock.instant();
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
}
