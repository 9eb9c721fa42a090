package dev.lp2p.osp.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.authentication.AuthenticationPrompts.Outcome;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.AuthSpake2Confirmation;
import dev.lp2p.osp.message.AuthSpake2Handshake;
import dev.lp2p.osp.message.AuthStatus;
import dev.lp2p.osp.message.AuthStatusResult;
import dev.lp2p.osp.message.PskStatus;
import dev.lp2p.testkit.SimulatedLoop;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides follow the protocol; the users and the network may not. */
class AuthenticatorTest {

    @ParameterizedTest
    @CsvSource({
        "10, 90, client, client",
        "10, 90, server, client",
        "10, 90, both, client",
        "90, 10, client, server",
        "90, 10, server, server",
        "90, 10, both, server",
        "50, 50, client, server",
        "50, 50, server, server",
        "50, 50, both, server",
        "0, 1, client, client",
        "1, 0, server, server",
    })
    void theSideWhereInputIsHarderShowsTheCodeWhoeverInitiates(
            int clientEase, int serverEase, String initiator, String shower) {
        AuthenticatorPair pair = AuthenticatorPair.withEase(clientEase, serverEase);
        if (!initiator.equals("server")) {
            pair.client.authenticator.initiate();
        }
        if (!initiator.equals("client")) {
            pair.server.authenticator.initiate();
        }
        pair.settle();
        assertThat(pair.shower()).isSameAs(shower.equals("client") ? pair.client : pair.server);
        assertThat(pair.shower().prompts.isShowing()).isTrue();
        assertThat(pair.enterer().prompts.isAsking()).isTrue();
        assertThat(pair.client.authenticator.isRunning()).isTrue();

        pair.enterer().prompts.enter(pair.shower().prompts.lastShown());
        pair.settle();
        for (AuthenticatorPair.Side side : new AuthenticatorPair.Side[] {pair.client, pair.server}) {
            assertThat(side.authenticated).isEqualTo(1);
            assertThat(side.failures).isEmpty();
            assertThat(side.prompts.count()).isEqualTo(1);
            assertThat(side.prompts.closed).containsExactly(Outcome.AUTHENTICATED);
            assertThat(side.statuses()).containsExactly(AuthStatusResult.AUTHENTICATED);
            assertThat(side.authenticator.isRunning()).isFalse();
        }
        assertThat(pair.loop.pendingTasks()).isZero();
    }

    @Test
    void capabilitiesComeFirstAndTheConsumerOnlyAsks() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10).untilAsked();
        assertThat(pair.client.sent.get(0)).isInstanceOf(AuthCapabilities.class);
        assertThat(pair.server.sent.get(0)).isInstanceOf(AuthCapabilities.class);
        AuthSpake2Handshake asked =
                pair.client.sentOf(AuthSpake2Handshake.class).get(0);
        assertThat(asked.pskStatus()).isEqualTo(PskStatus.NEEDS_PRESENTATION);
        assertThat(asked.publicValue()).isEmpty();
        assertThat(asked.initiationToken()).isEqualTo(AuthenticatorPair.TOKEN);
        assertThat(pair.server.sentOf(AuthSpake2Handshake.class))
                .extracting(AuthSpake2Handshake::pskStatus)
                .containsExactly(PskStatus.SHOWN);
    }

    @ParameterizedTest
    @CsvSource({"20, 20, 20", "20, 33, 33", "60, 20, 60", "40, 20, 40"})
    void theCodeIsAsLongAsTheSideThatAsksForMoreWants(int clientBits, int serverBits, int expected) {
        SimulatedLoop loop = new SimulatedLoop();
        AuthenticatorPair pair = new AuthenticatorPair(
                loop,
                new AuthenticatorPair.Side(
                        loop,
                        true,
                        "laptop",
                        "television",
                        90,
                        clientBits,
                        AuthenticatorPair.TOKEN,
                        new AuthenticationPolicy(loop)),
                new AuthenticatorPair.Side(
                        loop,
                        false,
                        "television",
                        "laptop",
                        10,
                        serverBits,
                        AuthenticatorPair.TOKEN,
                        new AuthenticationPolicy(loop)));
        pair.untilAsked();
        assertThat(pair.server.prompts.lastShown()).isBetween(1L << expected, (1L << (expected + 1)) - 1);
    }

    @Test
    void twoDevicesWithoutInputFailClearlyAndShowNothing() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(0, 0);
        pair.client.authenticator.initiate();
        pair.settle();
        assertThat(pair.client.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(pair.client.failures.get(0)).hasMessageContaining("on neither device");
        assertThat(pair.server.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(pair.client.prompts.count() + pair.server.prompts.count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10, 90", "90, 10"})
    void aWrongCodeFailsOnBothSidesAndTheNextTryHasANewCode(int clientEase, int serverEase) {
        AuthenticatorPair pair =
                AuthenticatorPair.withEase(clientEase, serverEase).untilAsked();
        long code = pair.shower().prompts.lastShown();
        pair.enterer().prompts.enter(code ^ 1);
        pair.settle();
        for (AuthenticatorPair.Side side : new AuthenticatorPair.Side[] {pair.client, pair.server}) {
            assertThat(side.authenticated).isZero();
            assertThat(side.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
            assertThat(side.failures).hasSize(1);
            assertThat(side.prompts.closed).containsExactly(Outcome.FAILED);
        }
        assertThat(pair.shower().statuses()).contains(AuthStatusResult.PROOF_INVALID);

        pair.loop.advance(AuthenticationPolicy.FIRST_PAUSE);
        AuthenticatorPair second = pair.again().untilAsked();
        assertThat(second.shower().prompts.lastShown()).isNotEqualTo(code);
        second.enterer().prompts.enter(code);
        second.settle();
        assertThat(second.client.authenticated + second.server.authenticated).isZero();
        assertThat(second.enterer().failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @CsvSource({"10, 90, false", "10, 90, true", "90, 10, false", "90, 10, true"})
    void dismissingEndsItOnBothSides(int clientEase, int serverEase, boolean atTheShower) {
        AuthenticatorPair pair =
                AuthenticatorPair.withEase(clientEase, serverEase).untilAsked();
        AuthenticatorPair.Side side = atTheShower ? pair.shower() : pair.enterer();
        side.prompts.dismiss();
        pair.settle();
        assertThat(side.statuses()).containsExactly(AuthStatusResult.SECRET_UNKNOWN);
        assertThat(pair.client.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(pair.server.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(pair.client.prompts.closed).containsExactly(Outcome.CANCELLED);
        assertThat(pair.server.prompts.closed).containsExactly(Outcome.CANCELLED);

        pair.enterer().prompts.enter(pair.shower().prompts.lastShown());
        pair.settle();
        assertThat(pair.client.authenticated + pair.server.authenticated).isZero();
        assertThat(pair.client.failures).hasSize(1);
    }

    @Test
    void onlyTheFirstAnswerOfTheUserCounts() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10).untilAsked();
        pair.client.prompts.enter(1);
        pair.client.prompts.enter(pair.server.prompts.lastShown());
        pair.client.prompts.dismiss();
        pair.settle();
        assertThat(pair.client.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(pair.client.sentOf(AuthSpake2Confirmation.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"right", "wrong", "dismissed"})
    void theKeyIsWipedOnBothSidesHoweverItEnds(String end) {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10).untilAsked();
        if (end.equals("dismissed")) {
            pair.client.prompts.dismiss();
        }
        pair.client.prompts.enter(end.equals("right") ? pair.server.prompts.lastShown() : 1);
        pair.settle();
        assertThat(pair.client.prompts.keys)
                .hasSize(1)
                .allMatch(key -> key.value().signum() == 0);
        assertThat(pair.server.prompts.keys)
                .hasSize(1)
                .allMatch(key -> key.value().signum() == 0);
    }

    @Test
    void aPeerThatNeverTellsItsCapabilitiesTimesOut() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.server.delivers = message -> false;
        pair.client.authenticator.initiate();
        timesOut(pair, pair.client, Authenticator.CAPABILITIES_TIMEOUT, AuthStatusResult.TIMEOUT);
    }

    @Test
    void aPeerThatNeverShowsACodeTimesOut() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.server.delivers = message -> message instanceof AuthCapabilities;
        pair.client.authenticator.initiate();
        timesOut(pair, pair.client, Authenticator.PRESENTATION_TIMEOUT, AuthStatusResult.TIMEOUT);
    }

    @Test
    void aUserWhoNeverEntersTheCodeTimesOut() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.client.delivers = message -> !(message instanceof AuthStatus);
        pair.server.delivers = message -> !(message instanceof AuthStatus);
        pair.client.authenticator.initiate();
        pair.settle();
        timesOut(pair, pair.client, Authenticator.INPUT_TIMEOUT, AuthStatusResult.TIMEOUT);
        assertThat(pair.server.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(pair.server.statuses()).containsExactly(AuthStatusResult.TIMEOUT);
    }

    @Test
    void aPeerThatNeverSendsItsProofTimesOut() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.server.delivers = message -> !(message instanceof AuthSpake2Confirmation || message instanceof AuthStatus);
        pair.untilAsked();
        pair.client.prompts.enter(pair.server.prompts.lastShown());
        pair.loop.runReady();
        timesOut(pair, pair.client, Authenticator.CONFIRMATION_TIMEOUT, AuthStatusResult.VALIDATION_TOOK_TOO_LONG);
    }

    private static void timesOut(
            AuthenticatorPair pair, AuthenticatorPair.Side side, Duration timeout, AuthStatusResult result) {
        pair.loop.advance(timeout.minusSeconds(2));
        assertThat(side.failures).isEmpty();
        pair.loop.advance(Duration.ofSeconds(3));
        assertThat(side.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(side.statuses()).containsExactly(result);
        assertThat(side.authenticator.isRunning()).isFalse();
    }

    @Test
    void aPeerThatNeverSaysItsStatusIsAuthenticatedAllTheSame() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.server.delivers = message -> !(message instanceof AuthStatus);
        pair.untilAsked();
        pair.client.prompts.enter(pair.server.prompts.lastShown());
        pair.settle();
        assertThat(pair.client.authenticated).isZero();
        assertThat(pair.client.authenticator.isPeerVerified()).isTrue();
        pair.loop.advance(Authenticator.STATUS_TIMEOUT);
        assertThat(pair.client.authenticated).isEqualTo(1);
    }

    @Test
    void aVerifiedPeerThatGoesOnNeedsNoStatus() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.server.delivers = message -> !(message instanceof AuthStatus);
        pair.untilAsked();
        pair.client.authenticator.onPeerProceeds();
        assertThat(pair.client.authenticated).isZero();
        pair.client.prompts.enter(pair.server.prompts.lastShown());
        pair.settle();
        pair.client.authenticator.onPeerProceeds();
        assertThat(pair.client.authenticated).isEqualTo(1);
    }

    @Test
    void aLostConnectionClosesThePrompts() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10).untilAsked();
        pair.client.authenticator.onConnectionClosed(
                new OspException(Kind.UNREACHABLE, "The device can no longer be reached"));
        assertThat(pair.client.prompts.isAsking()).isFalse();
        assertThat(pair.client.failure()).isEqualTo(Kind.UNREACHABLE);
        assertThat(pair.client.statuses()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messagesOnStreamsOfTheirOwnMayOvertakeEachOther(boolean clientShows) {
        AuthenticatorPair pair = AuthenticatorPair.withEase(clientShows ? 10 : 90, 50);
        pair.client.other = null;
        pair.client.authenticator.initiate();
        pair.server.authenticator.offer();
        pair.settle();
        // The client has the server's capabilities and began; its messages arrive in the opposite order.
        pair.server.authenticator.onMessage(pair.client.sent.get(1));
        pair.server.authenticator.onMessage(pair.client.sent.get(0));
        pair.client.other = clientShows ? pair.server : null;
        pair.settle();
        pair.enterer().prompts.enter(pair.shower().prompts.lastShown());
        pair.settle();
        if (!clientShows) {
            AuthSpake2Handshake handshake = Objects.requireNonNull(
                    pair.client.sentOf(AuthSpake2Handshake.class).get(1));
            pair.server.authenticator.onMessage(
                    pair.client.sentOf(AuthSpake2Confirmation.class).get(0));
            pair.server.authenticator.onMessage(handshake);
            pair.settle();
        }
        assertThat(pair.server.authenticator.isPeerVerified() || pair.server.authenticated == 1)
                .isTrue();
        assertThat(pair.server.failures).isEmpty();
    }
}
