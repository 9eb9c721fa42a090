package dev.lp2p.osp.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.authentication.AuthenticatorPair.Side;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.AuthSpake2Confirmation;
import dev.lp2p.osp.message.AuthSpake2Handshake;
import dev.lp2p.osp.message.AuthStatus;
import dev.lp2p.osp.message.AuthStatusResult;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.PskInputMethod;
import dev.lp2p.osp.message.PskStatus;
import dev.lp2p.testkit.SimulatedLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The peer sends what it likes; our side is the television, which advertises, or the laptop, which dialled. */
class HostilePeerTest {

    private static final byte[] NO_VALUE = new byte[0];

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SecureRandom random = new SecureRandom();

    /** Shows codes: input is harder here than at the peer. */
    private final Side television =
            new Side(loop, false, "television", "laptop", 10, AuthenticatorPair.TOKEN, new AuthenticationPolicy(loop));

    /** Asks for codes. */
    private final Side laptop =
            new Side(loop, true, "laptop", "television", 90, AuthenticatorPair.TOKEN, new AuthenticationPolicy(loop));

    private static AuthCapabilities ease(int ease) {
        return new AuthCapabilities(ease, Set.of(PskInputMethod.NUMERIC), 20);
    }

    private static AuthSpake2Handshake handshake(PskStatus status, byte[] value) {
        return handshake(AuthenticatorPair.TOKEN, status, value);
    }

    private static AuthSpake2Handshake handshake(@Nullable String token, PskStatus status, byte[] value) {
        return new AuthSpake2Handshake(token, status, value);
    }

    /** The television's code is on its screen, and whoever dialled has pA. */
    private void televisionShows() {
        send(television, ease(90), handshake(PskStatus.NEEDS_PRESENTATION, NO_VALUE));
        assertThat(television.prompts.isShowing()).isTrue();
    }

    private void send(Side side, Message... messages) {
        for (Message message : messages) {
            side.authenticator.onMessage(message);
        }
        loop.runReady();
    }

    private byte[] anyPublicValue(Spake2.Role role) {
        return Spake2.start(role, laptop.fingerprint(), television.fingerprint(), new Psk(1_048_577), random)
                .publicValue();
    }

    private static void brokeTheProtocol(Side side) {
        assertThat(side.failures).hasSize(1);
        assertThat(side.failure()).isEqualTo(Kind.PROTOCOL_ERROR);
        assertThat(side.statuses()).containsExactly(AuthStatusResult.UNKNOWN_ERROR);
        assertThat(side.authenticated).isZero();
        assertThat(side.authenticator.isRunning()).isFalse();
        assertThat(side.prompts.isShowing()).isFalse();
        assertThat(side.prompts.isAsking()).isFalse();
    }

    private static void leftNoTrace(Side side) {
        assertThat(side.prompts.count()).isZero();
        assertThat(side.failures).isEmpty();
        assertThat(side.sentOf(AuthSpake2Handshake.class)).isEmpty();
        assertThat(side.authenticator.isRunning()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = PskStatus.class,
            names = {"NEEDS_PRESENTATION", "SHOWN"})
    void nothingAppearsForAPeerWithoutTheAdvertisedToken(PskStatus status) {
        send(television, ease(status == PskStatus.SHOWN ? 5 : 90));
        byte[] value = status == PskStatus.SHOWN ? anyPublicValue(Spake2.Role.ALICE) : NO_VALUE;
        send(
                television,
                handshake(null, status, value),
                handshake("", status, value),
                handshake("guess", status, value));
        leftNoTrace(television);
        send(television, handshake(status, value));
        assertThat(television.prompts.count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = PskStatus.class,
            names = {"NEEDS_PRESENTATION", "SHOWN"})
    void nothingAppearsOnADeviceThatDoesNotAdvertise(PskStatus status) {
        Side hidden = new Side(loop, false, "television", "laptop", 10, null, new AuthenticationPolicy(loop));
        send(hidden, ease(status == PskStatus.SHOWN ? 5 : 90));
        byte[] value = status == PskStatus.SHOWN ? anyPublicValue(Spake2.Role.ALICE) : NO_VALUE;
        send(hidden, handshake(null, status, value), handshake("", status, value), handshake("guess", status, value));
        leftNoTrace(hidden);
    }

    @Test
    void theTokenMayBeAbsentLaterButAWrongOneIsDropped() {
        televisionShows();
        byte[] value = anyPublicValue(Spake2.Role.BOB);
        send(television, handshake("guess", PskStatus.INPUT, value));
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).isEmpty();
        send(television, handshake(null, PskStatus.INPUT, value));
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).hasSize(1);
    }

    @Test
    void anAdvertiserThatBeginsSaysItsTokenItself() {
        television.authenticator.initiate();
        send(television, ease(90));
        assertThat(television.sentOf(AuthSpake2Handshake.class).get(0).initiationToken())
                .isEqualTo(AuthenticatorPair.TOKEN);
        send(television, handshake(null, PskStatus.INPUT, anyPublicValue(Spake2.Role.BOB)));
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).hasSize(1);
    }

    @Test
    void aClientDropsWhatAnAdvertiserSendsWithAnotherTokenThanItAdvertised() {
        byte[] value = anyPublicValue(Spake2.Role.ALICE);
        send(laptop, ease(10), handshake("guess", PskStatus.SHOWN, value));
        leftNoTrace(laptop);
        send(laptop, handshake(PskStatus.SHOWN, value));
        assertThat(laptop.prompts.isAsking()).isTrue();
    }

    @Test
    void aPublicValueInARequestForACodeIsIgnored() {
        send(television, ease(90), handshake(PskStatus.NEEDS_PRESENTATION, anyPublicValue(Spake2.Role.ALICE)));
        assertThat(television.prompts.isShowing()).isTrue();
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).isEmpty();
    }

    @Test
    void ourOwnPublicValueReflectedIsRefusedAndNothingIsProved() {
        televisionShows();
        byte[] own = television.sentOf(AuthSpake2Handshake.class).get(0).publicValue();
        send(television, handshake(PskStatus.INPUT, own));
        brokeTheProtocol(television);
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).isEmpty();
    }

    @Test
    void ourOwnProofReflectedFails() {
        televisionShows();
        send(television, handshake(PskStatus.INPUT, anyPublicValue(Spake2.Role.BOB)));
        send(television, television.sentOf(AuthSpake2Confirmation.class).get(0));
        assertThat(television.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
        assertThat(television.statuses()).containsExactly(AuthStatusResult.PROOF_INVALID);
    }

    @Test
    void aWholeRunReplayedFails() {
        AuthenticatorPair honest = AuthenticatorPair.withEase(90, 10).untilAsked();
        honest.client.prompts.enter(honest.server.prompts.lastShown());
        honest.settle();
        assertThat(honest.server.authenticated).isEqualTo(1);

        Side again = honest.server.again();
        for (Message message : honest.client.sent) {
            again.authenticator.onMessage(message);
        }
        honest.loop.runReady();
        assertThat(again.authenticated).isZero();
        assertThat(again.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                // The identity, a point of order 2, of order 4, and two of order 8.
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                // The identity in a form that is not canonical.
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                // No point.
                "0200000000000000000000000000000000000000000000000000000000000000",
                // One byte too many.
                "010000000000000000000000000000000000000000000000000000000000000000",
            })
    void whatIsNoGoodPointIsRefusedBeforeAnythingAppearsOrIsProved(String hex) {
        byte[] value = HexFormat.of().parseHex(hex);
        televisionShows();
        send(television, handshake(PskStatus.INPUT, value));
        brokeTheProtocol(television);
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).isEmpty();

        send(laptop, ease(10), handshake(PskStatus.SHOWN, value));
        brokeTheProtocol(laptop);
        assertThat(laptop.prompts.count()).isZero();
    }

    @Test
    void aProofBeforeAnyHandshakeIsRefused() {
        send(television, ease(90), new AuthSpake2Confirmation(new byte[32]));
        brokeTheProtocol(television);
        send(laptop, ease(10), handshake(PskStatus.SHOWN, anyPublicValue(Spake2.Role.ALICE)));
        send(laptop, new AuthSpake2Confirmation(new byte[32]));
        brokeTheProtocol(laptop);
    }

    @Test
    void aProofThatOvertakesItsHandshakeIsOneGuessNotTwo() {
        televisionShows();
        send(television, new AuthSpake2Confirmation(new byte[32]));
        assertThat(television.failures).isEmpty();
        send(television, new AuthSpake2Confirmation(new byte[32]));
        brokeTheProtocol(television);
    }

    @Test
    void aProofOfAnotherLengthFails() {
        televisionShows();
        send(television, handshake(PskStatus.INPUT, anyPublicValue(Spake2.Role.BOB)));
        send(television, new AuthSpake2Confirmation(NO_VALUE));
        assertThat(television.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
    }

    @Test
    void capabilitiesTwiceAreRefused() {
        send(television, ease(90), ease(90));
        brokeTheProtocol(television);
    }

    @Test
    void aCodeShownTwiceIsRefused() {
        AuthSpake2Handshake shown = handshake(PskStatus.SHOWN, anyPublicValue(Spake2.Role.ALICE));
        send(laptop, ease(10), shown, shown);
        brokeTheProtocol(laptop);
        assertThat(laptop.prompts.count()).isEqualTo(1);
    }

    @Test
    void aCodeAskedForTwiceIsRefused() {
        televisionShows();
        send(television, handshake(PskStatus.NEEDS_PRESENTATION, NO_VALUE));
        brokeTheProtocol(television);
        assertThat(television.prompts.count()).isEqualTo(1);
    }

    @Test
    void aSecondGuessAgainstTheSameCodeIsRefused() {
        televisionShows();
        AuthSpake2Handshake guess = handshake(PskStatus.INPUT, anyPublicValue(Spake2.Role.BOB));
        send(television, guess, guess);
        brokeTheProtocol(television);
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).hasSize(1);
        assertThat(television.sentOf(AuthSpake2Handshake.class)).hasSize(1);
    }

    @Test
    void aPeerThatPlaysTheOtherRoleIsRefused() {
        send(television, ease(90), handshake(PskStatus.SHOWN, anyPublicValue(Spake2.Role.ALICE)));
        brokeTheProtocol(television);
        send(laptop, ease(10), handshake(PskStatus.NEEDS_PRESENTATION, NO_VALUE));
        brokeTheProtocol(laptop);
    }

    @Test
    void aCodeEnteredBeforeOneWasShownIsRefused() {
        send(television, ease(90), handshake(PskStatus.INPUT, anyPublicValue(Spake2.Role.BOB)));
        brokeTheProtocol(television);
        assertThat(television.sentOf(AuthSpake2Confirmation.class)).isEmpty();
    }

    @Test
    void handshakesBeforeCapabilitiesWaitButOnlyOne() {
        AuthSpake2Handshake asks = handshake(PskStatus.NEEDS_PRESENTATION, NO_VALUE);
        send(television, asks);
        leftNoTrace(television);
        send(television, asks);
        brokeTheProtocol(television);
    }

    @Test
    void thePeersWordAloneAuthenticatesNobody() {
        AuthStatus content = new AuthStatus(AuthStatusResult.AUTHENTICATED);
        send(television, ease(90), content, handshake(PskStatus.NEEDS_PRESENTATION, NO_VALUE), content);
        send(television, handshake(PskStatus.INPUT, anyPublicValue(Spake2.Role.BOB)), content);
        loop.advance(Duration.ofMinutes(5));
        assertThat(television.authenticated).isZero();
        assertThat(television.failures).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = AuthStatusResult.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"AUTHENTICATED"})
    void anyOtherResultOfThePeerEndsIt(AuthStatusResult result) {
        televisionShows();
        send(television, new AuthStatus(result));
        assertThat(television.failures).hasSize(1);
        assertThat(television.prompts.isShowing()).isFalse();
        assertThat(television.statuses()).isEmpty();
    }

    @Test
    void aPeerThatIsVerifiedButNotContentIsNotAuthenticated() {
        AuthenticatorPair pair = AuthenticatorPair.withEase(90, 10);
        pair.client.delivers = message -> !(message instanceof AuthStatus);
        pair.untilAsked();
        pair.client.prompts.enter(pair.server.prompts.lastShown());
        pair.settle();
        assertThat(pair.server.authenticator.isPeerVerified()).isTrue();
        pair.server.authenticator.onMessage(new AuthStatus(AuthStatusResult.PROOF_INVALID));
        pair.loop.advance(Authenticator.STATUS_TIMEOUT);
        assertThat(pair.server.authenticated).isZero();
        assertThat(pair.server.failure()).isEqualTo(Kind.AUTHENTICATION_FAILED);
    }

    @Test
    void nothingIsSaidAfterTheEnd() {
        televisionShows();
        television.prompts.dismiss();
        loop.runReady();
        List<Message> said = List.copyOf(television.sent);
        send(
                television,
                ease(90),
                handshake(PskStatus.NEEDS_PRESENTATION, NO_VALUE),
                new AuthSpake2Confirmation(new byte[32]));
        television.authenticator.onConnectionClosed(new OspException(Kind.UNREACHABLE, "gone"));
        assertThat(television.sent).isEqualTo(said);
        assertThat(television.failures).hasSize(1);
    }
}
