package dev.lp2p.osp.quic;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The ends of the peer's streams of one kind, unidirectional or bidirectional, that overtook their streams. Streams are
 * counted in the order of their IDs, from 0.
 *
 * <p>An end also comes for a stream that is over, as a rule: FIN was there first. So this knows which streams have not
 * appeared. They are few, since the peer may only open so many at once, and a stream that did not appear is not over.
 */
final class EarlyEnds {

    private final int openAtOnce;
    private final Map<Long, Long> ends = new HashMap<>();

    /** Before {@link #next}, and not seen yet. */
    private final Set<Long> skipped = new HashSet<>();

    private long next;

    /** @param openAtOnce streams of the kind that the peer may open at once: half of the most that is kept here */
    EarlyEnds(int openAtOnce) {
        this.openAtOnce = openAtOnce;
    }

    /**
     * A stream appears.
     *
     * @return after how many bytes it ends, if that is known
     */
    OptionalLong take(long number) {
        for (; next <= number; next++) {
            skipped.add(next);
        }
        skipped.remove(number);
        Long end = ends.remove(number);
        return end == null ? OptionalLong.empty() : OptionalLong.of(end);
    }

    /**
     * A stream that is not there ends; this matters if it will be.
     *
     * @return false if it was to end elsewhere
     */
    boolean add(long number, long bytes) {
        boolean isToCome = skipped.contains(number) || (number >= next && number - next < openAtOnce);
        if (!isToCome) {
            return true;
        }
        Long before = ends.putIfAbsent(number, bytes);
        return before == null || before == bytes;
    }
}
