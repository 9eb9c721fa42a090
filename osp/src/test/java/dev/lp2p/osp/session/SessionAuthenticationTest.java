package dev.lp2p.osp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.authentication.AuthenticationPolicy;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.authentication.Authenticator;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoEvent;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.transport.SimulatedConnectionPair;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a connection to a session that both sides trust, or to none. */
class SessionAuthenticationTest {

    private Rig rig = new Rig(1);

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(rig.leakedBytes()).isZero();
    }

    private TestAgent shower() {
        return rig.laptop.prompts.shown.isEmpty() ? rig.television : rig.laptop;
    }

    private TestAgent enterer() {
        return rig.laptop.prompts.shown.isEmpty() ? rig.laptop : rig.television;
    }

    private void untilAsked() {
        rig.settle();
        assertThat(shower().prompts.isShowing()).isTrue();
        assertThat(enterer().prompts.isAsking()).isTrue();
    }

    private void enterTheRightCode() {
        untilAsked();
        enterer().prompts.enter(shower().prompts.lastShown());
        rig.settle();
    }

    private void bothHaveASession() {
        for (TestAgent agent : List.of(rig.laptop, rig.television)) {
            assertThat(agent.failures).isEmpty();
            assertThat(agent.sessions).hasSize(1);
        }
        assertThat(rig.laptop.hasKnown(rig.television)).isTrue();
        assertThat(rig.television.hasKnown(rig.laptop)).isTrue();
    }

    private void nobodyHasASession() {
        assertThat(rig.laptop.sessions).isEmpty();
        assertThat(rig.television.sessions).isEmpty();
        assertThat(rig.laptop.hasKnown(rig.television)).isFalse();
        assertThat(rig.television.hasKnown(rig.laptop)).isFalse();
        assertThat(rig.pair().client().isClosed()).isTrue();
        assertThat(rig.pair().server().isClosed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 90, 1", "10, 90, 2", "90, 10, 3", "90, 10, 4", "50, 50, 5", "50, 50, 6"})
    void strangersBecomeKnownOnceTheCodeIsEntered(int laptopEase, int televisionEase, long seed) {
        rig = new Rig(seed);
        rig.laptop.easeOfInput = laptopEase;
        rig.television.easeOfInput = televisionEase;
        rig.dial();
        enterTheRightCode();
        bothHaveASession();
        assertThat(rig.laptop.session().peerInfo().displayName()).isEqualTo("Living Room");
        assertThat(rig.laptop.session().peerFingerprint()).isEqualTo(rig.television.fingerprint);
        assertThat(rig.laptop.session().isClient()).isTrue();
        assertThat(rig.television.session().isClient()).isFalse();
        assertThat(rig.television
                        .peers
                        .find(rig.laptop.fingerprint)
                        .orElseThrow()
                        .displayName())
                .isEqualTo("Laptop");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whoKnowsEachOtherIsAskedNothing(long seed) {
        rig = new Rig(seed);
        rig.dialKnown();
        bothHaveASession();
        assertThat(rig.laptop.prompts.count() + rig.television.prompts.count()).isZero();
        assertThat(rig.laptop.session().peerInfo().locales()).containsExactly("de");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "true, 3", "false, 1", "false, 2", "false, 3"})
    void whenOneSideForgotTheOtherBothAuthenticateAgain(boolean clientForgot, long seed) {
        rig = new Rig(seed);
        if (clientForgot) {
            rig.television.knows(rig.laptop);
        } else {
            rig.laptop.knows(rig.television);
        }
        rig.dial();
        untilAsked();
        assertThat(rig.laptop.sessions).isEmpty();
        assertThat(rig.television.sessions).isEmpty();
        enterTheRightCode();
        bothHaveASession();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedTryWithASideThatForgotChangesNothing(boolean clientForgot) {
        if (clientForgot) {
            rig.television.knows(rig.laptop);
        } else {
            rig.laptop.knows(rig.television);
        }
        rig.dial();
        untilAsked();
        enterer().prompts.enter(1);
        rig.settle();
        assertThat(rig.laptop.sessions).isEmpty();
        assertThat(rig.television.sessions).isEmpty();
        assertThat(rig.television.hasKnown(rig.laptop)).isEqualTo(clientForgot);
        assertThat(rig.laptop.hasKnown(rig.television)).isEqualTo(!clientForgot);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aWrongCodeClosesTheConnectionAndTheCodeIsWorthlessAfterwards(long seed) {
        rig = new Rig(seed);
        rig.dial();
        untilAsked();
        long code = shower().prompts.lastShown();
        enterer().prompts.enter(code ^ 1);
        rig.settle();
        nobodyHasASession();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(rig.television.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(rig.television.prompts.closed).containsExactly(Outcome.FAILED);

        rig.dial();
        rig.settle();
        rig.laptop.prompts.enter(code);
        rig.settle();
        nobodyHasASession();
        assertThat(rig.television.prompts.shown).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
    void dismissingIsTheSameOnBothSides(boolean onTheLaptop, long seed) {
        rig = new Rig(seed);
        rig.dial();
        untilAsked();
        (onTheLaptop ? rig.laptop : rig.television).prompts.dismiss();
        rig.settle();
        nobodyHasASession();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(rig.television.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(rig.laptop.prompts.closed).containsExactly(Outcome.CANCELLED);
        assertThat(rig.television.prompts.closed).containsExactly(Outcome.CANCELLED);
    }

    @Test
    void nobodyAnsweringEndsItOnBothSides() {
        rig.dial();
        untilAsked();
        rig.loop.advance(Authenticator.INPUT_TIMEOUT);
        nobodyHasASession();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(rig.television.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
    }

    /** The headline: the relay hands on every byte and the user enters the right code, yet nobody is authenticated. */
    @ParameterizedTest
    @CsvSource({"90, 10, 1", "90, 10, 2", "10, 90, 3", "50, 50, 4"})
    void aRelayInTheMiddleFailsEvenWithTheRightCode(int laptopEase, int televisionEase, long seed) {
        rig = new Rig(seed);
        rig.laptop.easeOfInput = laptopEase;
        rig.television.easeOfInput = televisionEase;
        Fingerprint relay = TestFingerprints.of("relay");
        SimulatedConnectionPair toTheRelay = rig.connect(rig.laptop.fingerprint, relay);
        SimulatedConnectionPair fromTheRelay = rig.connect(relay, rig.television.fingerprint);
        Relay.between(toTheRelay.server(), fromTheRelay.client());
        rig.television.start(fromTheRelay.server(), Rig.TOKEN, null);
        rig.laptop.start(toTheRelay.client(), Rig.TOKEN, rig.television.name);
        enterTheRightCode();
        for (TestAgent agent : List.of(rig.laptop, rig.television)) {
            assertThat(agent.sessions).isEmpty();
            assertThat(agent.peers.list()).isEmpty();
            assertThat(agent.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        }
        assertThat(toTheRelay.client().isClosed()).isTrue();
        assertThat(fromTheRelay.server().isClosed()).isTrue();
    }

    @Test
    void theSameRelayBetweenAgentsThatSeeTheTrueFingerprintsWouldPass() {
        SimulatedConnectionPair one = rig.connect(rig.laptop.fingerprint, rig.television.fingerprint);
        SimulatedConnectionPair two = rig.connect(rig.laptop.fingerprint, rig.television.fingerprint);
        Relay.between(one.server(), two.client());
        rig.television.start(two.server(), Rig.TOKEN, null);
        rig.laptop.start(one.client(), Rig.TOKEN, rig.television.name);
        enterTheRightCode();
        bothHaveASession();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "guess"})
    void aClientWithoutTheAdvertisedTokenNeverDisturbsTheUser(String token) {
        rig.dial(token.isEmpty() ? null : token);
        rig.loop.advance(Duration.ofMinutes(3));
        assertThat(rig.television.prompts.count()).isZero();
        nobodyHasASession();
    }

    @Test
    void aSecondAuthenticationIsRefusedWhileOneRuns() {
        rig.dial();
        untilAsked();
        TestAgent phone = new TestAgent("Phone", rig.loop, rig.allocator);
        SimulatedConnectionPair second = rig.connect(phone.fingerprint, rig.television.fingerprint);
        rig.television.start(second.server(), Rig.TOKEN, null);
        phone.start(second.client(), Rig.TOKEN, rig.television.name);
        rig.settle();
        assertThat(phone.failure()).isEqualTo(Kind.TOO_MANY_ATTEMPTS);
        assertThat(rig.television.failure()).isEqualTo(Kind.TOO_MANY_ATTEMPTS);
        assertThat(phone.prompts.count()).isZero();
        assertThat(rig.television.prompts.count()).isEqualTo(1);
        enterTheRightCode();
        assertThat(rig.laptop.sessions).hasSize(1);
        assertThat(rig.television.sessions).hasSize(1);
    }

    @Test
    void failuresSlowThePeerDownAndThenOnlyTheUserAllowsAnother() {
        for (int i = 0; i < AuthenticationPolicy.MAX_LOST_GUESSES; i++) {
            rig.dial();
            untilAsked();
            rig.laptop.prompts.enter(1);
            rig.settle();
            rig.loop.advance(AuthenticationPolicy.LONGEST_PAUSE);
        }
        int shown = rig.television.prompts.count();
        rig.dial();
        rig.settle();
        assertThat(rig.television.prompts.count()).isEqualTo(shown);
        assertThat(rig.television.failure()).isEqualTo(Kind.TOO_MANY_ATTEMPTS);

        // The one that begins is in want of permission first, then the other.
        assertThat(rig.laptop.prompts.anotherTry).hasSize(1);
        rig.laptop.prompts.anotherTry.get(0).complete(true);
        rig.settle();
        rig.dial();
        rig.settle();
        assertThat(rig.television.prompts.count()).isEqualTo(shown);
        assertThat(rig.television.prompts.anotherTry).hasSize(1);
        rig.television.prompts.anotherTry.get(0).complete(true);
        rig.settle();
        rig.loop.advance(AuthenticationPolicy.LONGEST_PAUSE);
        rig.television.failures.clear();
        rig.laptop.failures.clear();
        rig.dial();
        enterTheRightCode();
        bothHaveASession();
    }

    @Test
    void aNameThatTheAdvertisedOneDoesNotBeginIsRefusedBeforeAnythingAppears() {
        rig.connect();
        rig.television.start(rig.pair().server(), Rig.TOKEN, null);
        rig.laptop.start(rig.pair().client(), Rig.TOKEN, "Kitchen");
        rig.settle();
        nobodyHasASession();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.WRONG_PEER);
        assertThat(rig.laptop.prompts.count() + rig.television.prompts.count()).isZero();
    }

    @Test
    void aNameThatChangesBeforeAuthenticationIsHeldAgainstTheAdvertisedOneAsWell() {
        rig.connect();
        RawPeer television = new RawPeer(rig.pair().server(), rig.allocator);
        rig.laptop.start(rig.pair().client(), Rig.TOKEN, "Living Room");
        AgentInfo honest = new AgentInfo("Living Room", "", Set.of(), "abcdefgh", List.of());
        television.send(new AgentInfoResponse(0, honest));
        rig.settle();
        assertThat(rig.laptop.failures).isEmpty();
        AgentInfo changed = new AgentInfo("Kitchen", "", Set.of(), "abcdefgh", List.of());
        television.send(new AgentInfoEvent(changed));
        rig.settle();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.WRONG_PEER);
    }

    @Test
    void anInstanceNameThatWasCutIsAPrefix() {
        rig.connect();
        rig.television.start(rig.pair().server(), Rig.TOKEN, null);
        rig.laptop.start(rig.pair().client(), Rig.TOKEN, "Living");
        enterTheRightCode();
        bothHaveASession();
    }

    @Test
    void theNetworkGoingAwayTakesThePromptsOff() {
        rig.dial();
        untilAsked();
        rig.pair().cut();
        rig.loop.advance(Duration.ofSeconds(26));
        nobodyHasASession();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.UNREACHABLE);
        assertThat(rig.laptop.prompts.isAsking()).isFalse();
        assertThat(rig.television.prompts.isShowing()).isFalse();
    }
}
