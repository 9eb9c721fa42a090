package dev.lp2p.osp.authentication;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Bounds what strangers can try against an agent's user: one authentication at a time that a peer began, an increasing
 * pause after each failure of a peer, another after several that led to no guess, whoever began them, and a number of lost
 * guesses, by whomever, after which only the user can allow another. What the user begins waits for no stranger. A guess
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
    private final Map<Way, Pause> pauses = new LinkedHashMap<>();
    private final UnansweredRuns unanswered;
    private int lostGuesses;
    private final Map<Initiative, Run> current = new EnumMap<>(Initiative.class);
    private boolean asking;
    private Duration nextQuiet = FIRST_QUIET;
    private Instant quietUntil = Instant.MIN;

    public AuthenticationPolicy(InstantSource clock) {
        this.clock = clock;
        this.unanswered = new UnansweredRuns(clock);
    }

    /** Whether {@link #MAX_LOST_GUESSES} are used up, so that nothing goes on without the user. */
    boolean needsPermission() {
        return lostGuesses >= MAX_LOST_GUESSES;
    }

    /**
     * Asks the user for the try that is missing, where one is. A stranger brings this about by trying, so there is one
     * question at a time, and quiet after each refusal; but where the user tries, it is asked all the same.
     *
     * @param loop on which the answer is heard
     */
    void seekPermission(Initiative initiative, AuthenticationPrompts prompts, Executor loop) {
        boolean quiet = initiative == Initiative.PEERS && clock.instant().isBefore(quietUntil);
        if (!needsPermission() || asking || quiet) {
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
        quietUntil = clock.instant().plus(nextQuiet);
        nextQuiet = doubled(nextQuiet, LONGEST_QUIET);
    }

    /**
     * Admits an authentication, which then holds the agent's only place for what that side began, until it ends.
     *
     * @throws OspException of kind {@code TOO_MANY_ATTEMPTS}
     */
    Run begin(Fingerprint peer, Initiative initiative) throws OspException {
        if (current.containsKey(initiative)) {
            throw tooMany("Another authentication is in progress; finish or dismiss it first");
        }
        if (needsPermission()) {
            throw tooMany(MAX_LOST_GUESSES
                    + " codes in a row were wrong; confirm on this device that you want another try, then try again");
        }
        if (initiative == Initiative.OURS) {
            unanswered.forget();
        } else if (!unanswered.left().isZero()) {
            throw tooMany("Devices asked for codes that nobody entered; wait "
                    + (unanswered.left().toSeconds() + 1) + " s, or connect to the device from this one");
        }
        Way way = new Way(peer, initiative);
        Pause pause = pauses.get(way);
        if (pause != null && clock.instant().isBefore(pause.until)) {
            long seconds = Duration.between(clock.instant(), pause.until).toSeconds() + 1;
            throw tooMany("The last authentication with this device failed; wait " + seconds + " s before the next");
        }
        Run run = new Run(way);
        current.put(initiative, run);
        return run;
    }

    private static OspException tooMany(String message) {
        return new OspException(OspException.Kind.TOO_MANY_ATTEMPTS, message);
    }

    private void pause(Way way) {
        Pause last = pauses.remove(way);
        Duration length = last == null ? FIRST_PAUSE : doubled(last.length, LONGEST_PAUSE);
        pauses.put(way, new Pause(length, clock.instant().plus(length)));
        if (pauses.size() > MAX_PAUSED_PEERS) {
            pauses.remove(pauses.keySet().iterator().next());
        }
    }

    private static Duration doubled(Duration length, Duration longest) {
        Duration twice = length.multipliedBy(2);
        return twice.compareTo(longest) > 0 ? longest : twice;
    }

    /** Whose user wants the two devices to connect. */
    enum Initiative {
        OURS,
        PEERS
    }

    private record Way(Fingerprint peer, Initiative initiative) {}

    private record Pause(Duration length, Instant until) {}

    /** An admitted authentication. It ends once; later calls do nothing. */
    final class Run {

        private final Way way;
        private boolean spent;
        private boolean ended;

        private Run(Way way) {
            this.way = way;
        }

        /** Our confirmation is about to leave: whoever gets it can test one guess against it, however the run ends. */
        void spend() {
            spent = true;
            lostGuesses++;
        }

        /** A person compared the code on both devices, so what was lost before was not an attack, or failed. */
        void succeed() {
            if (end()) {
                lostGuesses = 0;
                nextQuiet = FIRST_QUIET;
                unanswered.forget();
                pauses.remove(way);
            }
        }

        void fail() {
            if (end()) {
                pause(way);
                if (!spent && way.initiative == Initiative.PEERS) {
                    unanswered.add();
                }
            }
        }

        private boolean end() {
            if (ended) {
                return false;
            }
            ended = true;
            current.remove(way.initiative);
            return true;
        }
    }
}
