package dev.lp2p.osp.authentication;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what strangers can try against an agent's user: one authentication at a time, an increasing pause after each
 * failure of a peer, and a number of lost guesses, by whomever, after which only the user can allow another. A guess
 * counts as lost from the moment that it can be made, and no longer only once the authentication succeeded. One policy
 * is shared by all sessions of an agent; every method belongs to its loop.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#local-active-mitigations">Local active
 *     attackers</a>
 */
public final class AuthenticationPolicy {

    /**
     * Guesses that may be lost before the user is asked. By peer would not do, since keys and addresses cost an attacker
     * nothing. With the shortest code, of 20 bits, all of them together succeed once in 100,000 times.
     */
    public static final int MAX_LOST_GUESSES = 10;

    /** The pause after a peer's first failure; each further failure doubles it. */
    public static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /** How long the user is left alone after the first refusal of another try; each further refusal doubles it. */
    public static final Duration FIRST_QUIET = Duration.ofMinutes(1);

    public static final Duration LONGEST_QUIET = Duration.ofHours(12);

    /** Peers whose pauses are remembered; the one that failed longest ago is forgotten first. */
    static final int MAX_PAUSED_PEERS = 256;

    private final InstantSource clock;
    private final Map<Fingerprint, Pause> pauses = new LinkedHashMap<>();
    private int lostGuesses;
    private @Nullable Run current;
    private boolean asking;
    private Duration quiet = FIRST_QUIET;
    private Instant quietUntil = Instant.MIN;

    public AuthenticationPolicy(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether {@link #MAX_LOST_GUESSES} are used up, so that nothing goes on without the user. */
    boolean needsPermission() {
        return lostGuesses >= MAX_LOST_GUESSES;
    }

    /**
     * Asks the user for the try that is missing, where one is. A stranger brings this about by trying, so there is one
     * question at a time, and quiet after each refusal.
     *
     * @param loop on which the answer is heard
     */
    void seekPermission(AuthenticationPrompts prompts, Executor loop) {
        if (!needsPermission() || asking || clock.instant().isBefore(quietUntil)) {
            return;
        }
        asking = true;
        prompts.allowAnotherTry(lostGuesses)
                .whenCompleteAsync((allowed, failure) -> onAnswer(failure == null && allowed), loop);
    }

    private void onAnswer(boolean allowed) {
        asking = false;
        if (allowed) {
            lostGuesses = Math.min(lostGuesses, MAX_LOST_GUESSES - 1);
            return;
        }
        quietUntil = clock.instant().plus(quiet);
        quiet = doubled(quiet, LONGEST_QUIET);
    }

    /**
     * Admits an authentication, which then holds the agent's only place until it ends.
     *
     * @throws OspException of kind {@code TOO_MANY_ATTEMPTS}
     */
    Run begin(Fingerprint peer) throws OspException {
        if (current != null) {
            throw tooMany("Another authentication is in progress; finish or dismiss it first");
        }
        if (needsPermission()) {
            throw tooMany(MAX_LOST_GUESSES
                    + " codes in a row were wrong; confirm on this device that you want another try, then try again");
        }
        Pause pause = pauses.get(peer);
        if (pause != null && clock.instant().isBefore(pause.until)) {
            long seconds = Duration.between(clock.instant(), pause.until).toSeconds() + 1;
            throw tooMany("The last authentication with this device failed; wait " + seconds + " s before the next");
        }
        current = new Run(peer);
        return current;
    }

    private static OspException tooMany(String message) {
        return new OspException(OspException.Kind.TOO_MANY_ATTEMPTS, message);
    }

    private void pause(Fingerprint peer) {
        Pause last = pauses.remove(peer);
        Duration length = last == null ? FIRST_PAUSE : doubled(last.length, LONGEST_PAUSE);
        pauses.put(peer, new Pause(length, clock.instant().plus(length)));
        if (pauses.size() > MAX_PAUSED_PEERS) {
            pauses.remove(pauses.keySet().iterator().next());
        }
    }

    private static Duration doubled(Duration length, Duration longest) {
        Duration twice = length.multipliedBy(2);
        return twice.compareTo(longest) > 0 ? longest : twice;
    }

    private record Pause(Duration length, Instant until) {}

    /** An admitted authentication. It ends once; later calls do nothing. */
    final class Run {

        private final Fingerprint peer;
        private boolean ended;

        private Run(Fingerprint peer) {
            this.peer = peer;
        }

        /** Our confirmation is about to leave: whoever gets it can test one guess against it, however the run ends. */
        void spend() {
            lostGuesses++;
        }

        /** A person compared the code on both devices, so what was lost before was not an attack, or failed. */
        void succeed() {
            if (end()) {
                lostGuesses = 0;
                quiet = FIRST_QUIET;
                pauses.remove(peer);
            }
        }

        void fail() {
            if (end()) {
                pause(peer);
            }
        }

        private boolean end() {
            if (ended) {
                return false;
            }
            ended = true;
            current = null;
            return true;
        }
    }
}
