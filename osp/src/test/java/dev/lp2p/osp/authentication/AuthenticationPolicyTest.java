package dev.lp2p.osp.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.authentication.AuthenticationPolicy.Initiative;
import dev.lp2p.osp.authentication.AuthenticatorPair.Side;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.AuthSpake2Confirmation;
import dev.lp2p.testkit.SimulatedLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AuthenticationPolicyTest {

    private final SimulatedLoop loop = new SimulatedLoop();
    private final AuthenticationPolicy policy = new AuthenticationPolicy(loop);
    private final RecordingPrompts prompts = new RecordingPrompts();
    private final Fingerprint peer = TestFingerprints.of("peer");

    private void refuses(Fingerprint whom, String why) {
        assertThatThrownBy(() -> policy.begin(whom, Initiative.PEERS))
                .isInstanceOfSatisfying(OspException.class, refusal -> assertThat(refusal.kind())
                        .isEqualTo(Kind.TOO_MANY_ATTEMPTS))
                .hasMessageContaining(why);
    }

    /** A device is dialled in vain: a pause for it alone. */
    private void failToReach(Fingerprint whom) throws OspException {
        policy.begin(whom, Initiative.OURS).fail();
    }

    private void loseAGuess(int stranger) throws OspException {
        AuthenticationPolicy.Run run = policy.begin(TestFingerprints.of("stranger " + stranger), Initiative.PEERS);
        run.spend();
        run.fail();
    }

    @Test
    void oneAuthenticationRunsAtATime() throws OspException {
        AuthenticationPolicy.Run first = policy.begin(peer, Initiative.PEERS);
        refuses(TestFingerprints.of("other"), "in progress");
        first.fail();
        first.fail();
        AuthenticationPolicy.Run second = policy.begin(TestFingerprints.of("other"), Initiative.PEERS);
        first.succeed();
        refuses(TestFingerprints.of("third"), "in progress");
        second.succeed();
    }

    @Test
    void eachFailureOfAPeerDoublesItsPauseUpToTheLongest() throws OspException {
        Duration pause = AuthenticationPolicy.FIRST_PAUSE;
        for (int failures = 0; failures < 15; failures++) {
            failToReach(peer);
            loop.advance(pause.minusMillis(1));
            assertThatThrownBy(() -> failToReach(peer)).hasMessageContaining("wait");
            loop.advance(Duration.ofMillis(1));
            pause = pause.multipliedBy(2);
            if (pause.compareTo(AuthenticationPolicy.LONGEST_PAUSE) > 0) {
                pause = AuthenticationPolicy.LONGEST_PAUSE;
            }
        }
        policy.begin(peer, Initiative.OURS).succeed();
        failToReach(peer);
        loop.advance(AuthenticationPolicy.FIRST_PAUSE);
        failToReach(peer);
    }

    @Test
    void aFailureOfAPeerThatCameToUsPausesIt() throws OspException {
        policy.begin(peer, Initiative.PEERS).fail();
        refuses(peer, "wait");
        loop.advance(AuthenticationPolicy.FIRST_PAUSE);
        policy.begin(peer, Initiative.PEERS);
    }

    @Test
    void runsThatLeadToNoGuessPauseAllPeersForAWhileThatGrows() throws OspException {
        for (int i = 0; i < UnansweredRuns.FREE; i++) {
            leaveUnanswered(i);
        }
        Duration pause = UnansweredRuns.FIRST_PAUSE;
        for (int i = UnansweredRuns.FREE; i < 20; i++) {
            leaveUnanswered(i);
            loop.advance(pause.minusMillis(1));
            refuses(TestFingerprints.of("new key " + i), "nobody entered");
            loop.advance(Duration.ofMillis(1));
            pause = pause.multipliedBy(2);
            if (pause.compareTo(UnansweredRuns.LONGEST_PAUSE) > 0) {
                pause = UnansweredRuns.LONGEST_PAUSE;
            }
        }
    }

    @Test
    void aSuccessEndsTheCountOfRunsThatLedToNoGuess() throws OspException {
        for (int i = 0; i < UnansweredRuns.FREE; i++) {
            leaveUnanswered(i);
        }
        policy.begin(peer, Initiative.PEERS).succeed();
        leaveUnanswered(-1);
        leaveUnanswered(-2);
    }

    @Test
    void whatTheUserBeginsWaitsForNoStrangerAndEndsThePauseOfAll() throws OspException {
        for (int i = 0; i <= UnansweredRuns.FREE; i++) {
            leaveUnanswered(i);
        }
        refuses(TestFingerprints.of("new key"), "nobody entered");

        failToReach(TestFingerprints.of("stranger 0"));

        AuthenticationPolicy.Run stranger = policy.begin(TestFingerprints.of("new key"), Initiative.PEERS);
        AuthenticationPolicy.Run own = policy.begin(peer, Initiative.OURS);
        own.succeed();
        refuses(TestFingerprints.of("newer key"), "in progress");
        stranger.fail();
    }

    private void leaveUnanswered(int stranger) throws OspException {
        policy.begin(TestFingerprints.of("stranger " + stranger), Initiative.PEERS)
                .fail();
    }

    @Test
    void whereTheUserTriesAnotherTryIsAskedForWhateverWasRefusedToStrangers() throws OspException {
        useUpTheBudget();
        seekPermission();
        answer(false);
        seekPermission();
        assertThat(prompts.anotherTry).hasSize(1);

        policy.seekPermission(Initiative.OURS, prompts, loop);

        assertThat(prompts.anotherTry).hasSize(2);
    }

    @Test
    void aPauseOfOnePeerDoesNotHoldUpAnother() throws OspException {
        policy.begin(peer, Initiative.PEERS).fail();
        policy.begin(TestFingerprints.of("other"), Initiative.PEERS);
    }

    @Test
    void lostGuessesOfWhomeverUseUpOneBudgetWhichOnlyTheUserExtends() throws OspException {
        for (int i = 0; i < AuthenticationPolicy.MAX_LOST_GUESSES; i++) {
            assertThat(policy.needsPermission()).isFalse();
            loseAGuess(i);
        }
        assertThat(policy.needsPermission()).isTrue();
        loop.advance(Duration.ofDays(365));
        refuses(peer, "confirm on this device");
        allowAnotherTry();
        loseAGuess(-1);
        refuses(peer, "confirm on this device");
    }

    @Test
    void nobodyIsAskedForAnotherTryWhereOneIsLeft() {
        seekPermission();

        assertThat(prompts.anotherTry).isEmpty();
    }

    @Test
    void howeverOftenAStrangerTriesThereIsOneQuestion() throws OspException {
        useUpTheBudget();

        seekPermission();
        seekPermission();
        loop.advance(Duration.ofDays(1));
        seekPermission();

        assertThat(prompts.anotherTry).hasSize(1);
    }

    @Test
    void aRefusedTryIsNotAskedForAgainForAWhileThatGrows() throws OspException {
        useUpTheBudget();
        Duration quiet = AuthenticationPolicy.FIRST_QUIET;
        for (int refusals = 1; refusals < 15; refusals++) {
            seekPermission();
            assertThat(prompts.anotherTry).hasSize(refusals);
            answer(false);

            loop.advance(quiet.minusMillis(1));
            seekPermission();
            assertThat(prompts.anotherTry).hasSize(refusals);

            loop.advance(Duration.ofMillis(1));
            quiet = quiet.multipliedBy(2);
            if (quiet.compareTo(AuthenticationPolicy.LONGEST_QUIET) > 0) {
                quiet = AuthenticationPolicy.LONGEST_QUIET;
            }
        }
        refuses(peer, "confirm on this device");
    }

    @Test
    void aQuestionThatCannotBePutIsARefusal() throws OspException {
        useUpTheBudget();
        seekPermission();

        prompts.anotherTry.get(0).completeExceptionally(new IllegalStateException("no screen"));
        loop.runReady();

        refuses(peer, "confirm on this device");
        loop.advance(AuthenticationPolicy.FIRST_QUIET);
        seekPermission();
        assertThat(prompts.anotherTry).hasSize(2);
    }

    private void useUpTheBudget() throws OspException {
        for (int i = 0; i < AuthenticationPolicy.MAX_LOST_GUESSES; i++) {
            loseAGuess(i);
        }
    }

    private void seekPermission() {
        policy.seekPermission(Initiative.PEERS, prompts, loop);
    }

    private void answer(boolean allowed) {
        prompts.anotherTry.get(prompts.anotherTry.size() - 1).complete(allowed);
        loop.runReady();
    }

    private void allowAnotherTry() {
        seekPermission();
        answer(true);
    }

    @Test
    void aSuccessOfAPersonRestoresTheBudget() throws OspException {
        for (int i = 1; i < AuthenticationPolicy.MAX_LOST_GUESSES; i++) {
            loseAGuess(i);
        }
        AuthenticationPolicy.Run run = policy.begin(peer, Initiative.PEERS);
        run.spend();
        assertThat(policy.needsPermission()).isTrue();
        run.succeed();
        assertThat(policy.needsPermission()).isFalse();
    }

    @Test
    void endingWithoutAProofIsNoGuess() throws OspException {
        for (int i = 0; i < 3 * AuthenticationPolicy.MAX_LOST_GUESSES; i++) {
            failToReach(TestFingerprints.of("stranger " + i));
            leaveUnanswered(i);
        }
        assertThat(policy.needsPermission()).isFalse();
    }

    @Test
    void thePausesOfStrangersTakeBoundedRoom() throws OspException {
        failToReach(peer);
        for (int i = 0; i < AuthenticationPolicy.MAX_PAUSED_PEERS; i++) {
            failToReach(TestFingerprints.of("stranger " + i));
        }
        failToReach(peer);
    }

    @Test
    void aConnectionThatIsCutAfterOurProofIsALostGuess() {
        for (int i = 0; i < AuthenticationPolicy.MAX_LOST_GUESSES; i++) {
            AuthenticatorPair pair = pairOf("attacker " + i).untilAsked();
            pair.client.prompts.enter(1);
            pair.loop.advance(Duration.ofMillis(6));
            assertThat(pair.server.sentOf(AuthSpake2Confirmation.class)).hasSize(1);
            pair.server.authenticator.onConnectionClosed(new OspException(Kind.UNREACHABLE, "gone"));
        }
        assertThat(policy.needsPermission()).isTrue();
        AuthenticatorPair last = pairOf("one more attacker");
        last.client.authenticator.initiate();
        last.settle();
        assertThat(last.server.prompts.count()).isZero();
        assertThat(last.server.failure()).isEqualTo(Kind.TOO_MANY_ATTEMPTS);
        assertThat(last.server.statuses()).isEmpty();
    }

    private AuthenticatorPair pairOf(String client) {
        return new AuthenticatorPair(
                loop,
                new Side(loop, true, client, "television", 90, AuthenticatorPair.TOKEN, new AuthenticationPolicy(loop)),
                new Side(loop, false, "television", client, 10, AuthenticatorPair.TOKEN, policy));
    }
}
