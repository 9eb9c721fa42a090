package dev.lp2p.agent.command;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose offers are declined without asking, since a person declined one a moment ago. Only devices that a person
 * authenticated come to this, and they are few.
 */
final class QuietAfterDecline {

    /** After the first offer that was not taken; each further one in a row doubles it. */
    static final Duration FIRST = Duration.ofSeconds(5);

    static final Duration LONGEST = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Map<Fingerprint, Quiet> quiets = new HashMap<>();

    QuietAfterDecline(InstantSource clock) {
        this.clock = clock;
    }

    synchronized boolean isQuiet(Fingerprint peer) {
        Quiet quiet = quiets.get(peer);
        return quiet != null && clock.instant().isBefore(quiet.until);
    }

    /** @return for how long now */
    synchronized Duration declined(Fingerprint peer) {
        Quiet last = quiets.get(peer);
        Duration length = last == null ? FIRST : last.length.multipliedBy(2);
        if (length.compareTo(LONGEST) > 0) {
            length = LONGEST;
        }
        quiets.put(peer, new Quiet(length, clock.instant().plus(length)));
        return length;
    }

    synchronized void accepted(Fingerprint peer) {
        quiets.remove(peer);
    }

    private record Quiet(Duration length, Instant until) {}
}
