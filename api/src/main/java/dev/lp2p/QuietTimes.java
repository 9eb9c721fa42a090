package dev.lp2p;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** About whom the user is not asked for a while, having just dismissed a question of theirs. Belongs to the loop. */
final class QuietTimes {

    /** After the first dismissal; each further one in a row doubles it. */
    static final Duration FIRST = Duration.ofSeconds(5);

    static final Duration LONGEST = Duration.ofMinutes(10);

    /** Within this after a question, its being taken back tells on who takes back another. */
    static final Duration ABORTS_ADD_UP = LONGEST;

    /** Origins and peers that are remembered; the one dismissed first goes first. */
    static final int MAX_REMEMBERED = 1024;

    private final InstantSource clock;
    private final Map<Object, Quiet> quiets = new LinkedHashMap<>();

    QuietTimes(InstantSource clock) {
        this.clock = clock;
    }

    boolean isQuiet(Object subject) {
        Quiet quiet = quiets.get(subject);
        return quiet != null && clock.instant().isBefore(quiet.until);
    }

    void dismissed(Object subject) {
        Quiet last = quiets.get(subject);
        Duration length = last == null || last.length.isZero() ? FIRST : last.length.multipliedBy(2);
        Duration bounded = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        remember(subject, new Quiet(bounded, clock.instant().plus(bounded)));
    }

    /** Took its question off the screen itself: once in a while that is honest, again and again it is no better than asking. */
    void aborted(Object subject) {
        Quiet last = quiets.get(subject);
        if (last != null && clock.instant().isBefore(last.until.plus(ABORTS_ADD_UP))) {
            dismissed(subject);
        } else {
            remember(subject, new Quiet(last == null ? Duration.ZERO : last.length, clock.instant()));
        }
    }

    void allowed(Object subject) {
        quiets.remove(subject);
    }

    private void remember(Object subject, Quiet quiet) {
        quiets.remove(subject);
        quiets.put(subject, quiet);
        if (quiets.size() > MAX_REMEMBERED) {
            quiets.remove(quiets.keySet().iterator().next());
        }
    }

    /** @param length of the last time that followed a dismissal */
    private record Quiet(Duration length, Instant until) {}
}
