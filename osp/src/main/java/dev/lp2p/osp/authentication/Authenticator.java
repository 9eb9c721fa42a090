package dev.lp2p.osp.authentication;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.AuthSpake2Confirmation;
import dev.lp2p.osp.message.AuthSpake2Handshake;
import dev.lp2p.osp.message.AuthStatus;
import dev.lp2p.osp.message.AuthStatusResult;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.PskStatus;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection's authentication. It succeeds only if the holder of the peer's private key, on this connection, proved
 * that it knows the code that a person read on one device and entered on the other; a relay in the middle has other
 * fingerprints on its two sides and fails even with the right code. Each connection has one try, each try a new code.
 *
 * <p>Takes messages, answers of the user and the time; gives messages, prompts and one outcome. It can be initiated by
 * either side. Every method belongs to the agent's loop.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#authentication">Authentication</a>
 */
public final class Authenticator {

    /** For the peer to say how a code can be entered there. */
    public static final Duration CAPABILITIES_TIMEOUT = Duration.ofSeconds(10);

    /** For the peer to show a code after it was asked to. */
    public static final Duration PRESENTATION_TIMEOUT = Duration.ofSeconds(30);

    /** For a person to read the code on one device and enter it on the other. */
    public static final Duration INPUT_TIMEOUT = Duration.ofMinutes(2);

    /** For the peer to send its proof once it can compute it. */
    public static final Duration CONFIRMATION_TIMEOUT = Duration.ofSeconds(10);

    /** For the peer to say that it is content as well. */
    public static final Duration STATUS_TIMEOUT = Duration.ofSeconds(5);

    private final AuthenticationSetup setup;
    private final Output output;
    private final InitiationToken token;

    private AuthenticationPhase phase = AuthenticationPhase.CAPABILITIES;
    private boolean capabilitiesSent;
    private boolean initiating;
    private boolean presentationRequested;
    private boolean peerContent;
    private @Nullable AuthCapabilities peerCapabilities;
    private @Nullable AuthSpake2Handshake heldHandshake;
    private byte @Nullable [] heldConfirmation;
    private byte @Nullable [] shownPublicValue;

    private AuthenticationPolicy.@Nullable Run run;
    private AuthenticationPrompts.@Nullable OpenPrompt prompt;
    private @Nullable Psk shownPsk;
    private @Nullable Spake2 spake2;
    private Spake2.@Nullable Keys keys;
    private @Nullable ScheduledFuture<?> timeout;

    public Authenticator(AuthenticationSetup setup, Output output) {
        this.setup = setup;
        this.output = output;
        this.token = new InitiationToken(setup.initiationToken(), !setup.isClient());
    }

    /** Says how a code can be entered here; without that the peer cannot begin. Later calls do nothing. */
    public void offer() {
        if (!capabilitiesSent) {
            capabilitiesSent = true;
            output.send(setup.capabilities());
        }
    }

    /** Begins on our side, as soon as the peer's capabilities are known and unless it began first. */
    public void initiate() {
        initiating = true;
        offer();
        if (phase == AuthenticationPhase.CAPABILITIES) {
            expireAfter(CAPABILITIES_TIMEOUT, AuthStatusResult.TIMEOUT, "The device did not say how it authenticates");
        } else if (phase == AuthenticationPhase.IDLE) {
            begin();
        }
    }

    /** Whether a prompt may be open or a proof be under way, so that the connection is not to be given up for another. */
    public boolean isRunning() {
        return run != null && phase != AuthenticationPhase.AUTHENTICATED && phase != AuthenticationPhase.ENDED;
    }

    /** Whether the peer has proved that it knows the code, and only its own content is missing. */
    public boolean isPeerVerified() {
        return phase == AuthenticationPhase.STATUS;
    }

    /** Whether the peer asks for authentication, however well we know it. */
    public boolean isPeerAsking() {
        return peerCapabilities != null;
    }

    /** The peer, which is verified, sent something beyond authentication, and so is content although its status is not here. */
    public void onPeerProceeds() {
        if (phase == AuthenticationPhase.STATUS) {
            succeed();
        }
    }

    /** The connection is gone, so that nothing can be sent and the outcome can only be this failure. */
    public void onConnectionClosed(OspException failure) {
        if (phase != AuthenticationPhase.AUTHENTICATED) {
            end(failure);
        }
    }

    public void onMessage(Message message) {
        if (phase == AuthenticationPhase.ENDED) {
            return;
        }
        if (message instanceof AuthCapabilities capabilities) {
            onCapabilities(capabilities);
        } else if (message instanceof AuthSpake2Handshake handshake) {
            onHandshake(handshake);
        } else if (message instanceof AuthSpake2Confirmation confirmation) {
            onConfirmation(confirmation.confirmationValue());
        } else if (message instanceof AuthStatus status) {
            onStatus(status.result());
        } else {
            throw new IllegalArgumentException("Not a message of authentication: " + message.typeKey());
        }
    }

    private void onCapabilities(AuthCapabilities capabilities) {
        if (phase != AuthenticationPhase.CAPABILITIES) {
            breach("The device sent its authentication capabilities twice");
            return;
        }
        peerCapabilities = capabilities;
        enter(AuthenticationPhase.IDLE);
        offer();
        AuthSpake2Handshake early = heldHandshake;
        if (early != null) {
            heldHandshake = null;
            onHandshake(early);
        }
        if (initiating && phase == AuthenticationPhase.IDLE) {
            begin();
        }
    }

    private void begin() {
        PskExchange exchange = admit();
        if (exchange == null) {
            return;
        }
        if (exchange.weShow()) {
            showCode(exchange);
        } else {
            // Alice's value needs the PSK, which nobody has shown yet, so this message only asks.
            output.send(new AuthSpake2Handshake(token.forSending(), PskStatus.NEEDS_PRESENTATION, new byte[0]));
            enter(AuthenticationPhase.PRESENTATION);
            expireAfter(PRESENTATION_TIMEOUT, AuthStatusResult.TIMEOUT, "The device showed no code");
        }
    }

    /** Takes the agent's only place, or fails. */
    private @Nullable PskExchange admit() {
        PskExchange exchange = exchange();
        if (!exchange.isPossible()) {
            fail(
                    AuthStatusResult.UNKNOWN_ERROR,
                    Kind.AUTHENTICATION_FAILED,
                    "A code can be entered on neither device; give one of them a keyboard or a remote control");
            return null;
        }
        try {
            run = setup.policy().begin(setup.peerFingerprint(), initiative());
            return exchange;
        } catch (OspException refusal) {
            // Nothing began, so there is no result to tell; the code that the connection is closed with says enough.
            end(refusal);
            setup.policy().seekPermission(initiative(), setup.prompts(), setup.loop());
            return null;
        }
    }

    /** Who dials wants something, whichever side's message comes first. */
    private AuthenticationPolicy.Initiative initiative() {
        return setup.isClient() ? AuthenticationPolicy.Initiative.OURS : AuthenticationPolicy.Initiative.PEERS;
    }

    private PskExchange exchange() {
        if (peerCapabilities == null) {
            throw new IllegalStateException("The peer's capabilities come first");
        }
        return new PskExchange(setup.capabilities(), peerCapabilities, setup.isClient());
    }

    private void onHandshake(AuthSpake2Handshake handshake) {
        if (phase == AuthenticationPhase.CAPABILITIES) {
            if (heldHandshake != null) {
                breach("The device began to authenticate twice, and did not say how");
            } else {
                heldHandshake = handshake;
            }
            return;
        }
        // https://w3c.github.io/openscreenprotocol/network.html#authentication
        if (!token.accepts(handshake.initiationToken())) {
            return;
        }
        switch (handshake.pskStatus()) {
            case NEEDS_PRESENTATION -> onPresentationRequested();
            case SHOWN -> onShown(handshake.publicValue());
            case INPUT -> onInput(handshake.publicValue());
        }
    }

    private void onPresentationRequested() {
        boolean first = !presentationRequested;
        presentationRequested = true;
        if (first && phase == AuthenticationPhase.IDLE && exchange().weShow()) {
            PskExchange exchange = admit();
            if (exchange != null) {
                showCode(exchange);
            }
        } else if (!first || !initiating || phase != AuthenticationPhase.PEER_INPUT) {
            breach("The device asked for a code out of turn");
        }
        // Otherwise both began and the messages crossed: the code that is shown stands.
    }

    private void showCode(PskExchange exchange) {
        Psk psk = Psk.generate(exchange.bits(), setup.random());
        Spake2 alice = startSpake2(Spake2.Role.ALICE, psk);
        shownPsk = psk;
        spake2 = alice;
        enter(AuthenticationPhase.PEER_INPUT);
        prompt = setup.prompts()
                .showCode(setup.peer().get(), psk, () -> onLoop(() -> dismiss(AuthenticationPhase.PEER_INPUT)));
        output.send(new AuthSpake2Handshake(token.forSending(), PskStatus.SHOWN, alice.publicValue()));
        expireAfter(INPUT_TIMEOUT, AuthStatusResult.TIMEOUT, "Nobody entered the code at the device in time");
    }

    private void onShown(byte[] publicValue) {
        boolean inTurn = phase == AuthenticationPhase.PRESENTATION
                || (phase == AuthenticationPhase.IDLE && !exchange().weShow());
        if (!inTurn) {
            breach("The device showed a code out of turn");
            return;
        }
        if (!Spake2.isPublicValue(publicValue)) {
            breach("The device sent an invalid public value");
            return;
        }
        if (phase == AuthenticationPhase.IDLE && admit() == null) {
            return;
        }
        shownPublicValue = publicValue;
        enter(AuthenticationPhase.OWN_INPUT);
        prompt = setup.prompts().askCode(setup.peer().get(), new Answer());
        expireAfter(INPUT_TIMEOUT, AuthStatusResult.TIMEOUT, "The code was not entered in time");
    }

    private void onCodeEntered(Psk psk) {
        byte[] peerValue = shownPublicValue;
        if (phase != AuthenticationPhase.OWN_INPUT || peerValue == null) {
            psk.destroy();
            return;
        }
        Spake2 bob = startSpake2(Spake2.Role.BOB, psk);
        psk.destroy();
        spake2 = bob;
        output.send(new AuthSpake2Handshake(token.forSending(), PskStatus.INPUT, bob.publicValue()));
        confirm(bob, peerValue);
    }

    private void onInput(byte[] publicValue) {
        if (phase != AuthenticationPhase.PEER_INPUT || spake2 == null) {
            breach("The device entered a code out of turn");
            return;
        }
        confirm(spake2, publicValue);
    }

    private Spake2 startSpake2(Spake2.Role role, Psk psk) {
        return Spake2.start(role, setup.clientFingerprint(), setup.serverFingerprint(), psk, setup.random());
    }

    private void confirm(Spake2 own, byte[] peerValue) {
        Spake2.Keys agreed;
        try {
            agreed = own.finish(peerValue);
        } catch (InvalidPublicValueException invalid) {
            breach("The device sent an invalid public value");
            return;
        }
        keys = agreed;
        if (run != null) {
            run.spend();
        }
        enter(AuthenticationPhase.CONFIRMATION);
        output.send(new AuthSpake2Confirmation(agreed.ownConfirmation()));
        expireAfter(
                CONFIRMATION_TIMEOUT, AuthStatusResult.VALIDATION_TOOK_TOO_LONG, "The device sent no proof in time");
        byte[] early = heldConfirmation;
        if (early != null) {
            onConfirmation(early);
        }
    }

    private void onConfirmation(byte[] confirmation) {
        if (phase == AuthenticationPhase.PEER_INPUT && heldConfirmation == null) {
            // The peer may send it on a stream of its own, which then overtakes the handshake.
            heldConfirmation = confirmation;
            return;
        }
        if (phase != AuthenticationPhase.CONFIRMATION || keys == null) {
            breach("The device sent its proof out of turn");
            return;
        }
        if (!keys.verifies(confirmation)) {
            fail(
                    AuthStatusResult.PROOF_INVALID,
                    Kind.AUTHENTICATION_FAILED,
                    "The code was wrong, or someone is between the devices; try again with a new code");
            return;
        }
        output.send(new AuthStatus(AuthStatusResult.AUTHENTICATED));
        enter(AuthenticationPhase.STATUS);
        if (peerContent) {
            succeed();
        } else {
            // Informative only, so a peer that says nothing is authenticated all the same.
            schedule(STATUS_TIMEOUT, this::succeed);
        }
    }

    private void onStatus(AuthStatusResult result) {
        if (result != AuthStatusResult.AUTHENTICATED) {
            end(AuthenticationFailures.fromPeer(result));
        } else if (phase == AuthenticationPhase.STATUS) {
            succeed();
        } else {
            peerContent = true;
        }
    }

    private void succeed() {
        enter(AuthenticationPhase.AUTHENTICATED);
        if (run != null) {
            run.succeed();
        }
        forget(AuthenticationPrompts.Outcome.AUTHENTICATED);
        output.onAuthenticated();
    }

    private void dismiss(AuthenticationPhase dismissed) {
        if (phase == dismissed) {
            fail(
                    AuthStatusResult.SECRET_UNKNOWN,
                    Kind.AUTHENTICATION_CANCELLED,
                    "No code was entered on this device; try again for a new one");
        }
    }

    private void breach(String message) {
        fail(AuthStatusResult.UNKNOWN_ERROR, Kind.PROTOCOL_ERROR, message);
    }

    private void fail(AuthStatusResult result, Kind kind, String message) {
        output.send(new AuthStatus(result));
        end(new OspException(kind, message));
    }

    /** Any result but {@code authenticated} ends the connection, and the code that was shown is worthless from now on. */
    private void end(OspException failure) {
        if (phase == AuthenticationPhase.ENDED) {
            return;
        }
        enter(AuthenticationPhase.ENDED);
        if (run != null) {
            run.fail();
        }
        forget(
                failure.kind() == Kind.AUTHENTICATION_CANCELLED
                        ? AuthenticationPrompts.Outcome.CANCELLED
                        : AuthenticationPrompts.Outcome.FAILED);
        output.onFailed(failure);
    }

    private void forget(AuthenticationPrompts.Outcome outcome) {
        if (prompt != null) {
            prompt.close(outcome);
            prompt = null;
        }
        if (shownPsk != null) {
            shownPsk.destroy();
            shownPsk = null;
        }
        if (spake2 != null) {
            spake2.destroy();
            spake2 = null;
        }
        if (keys != null) {
            keys.destroy();
            keys = null;
        }
    }

    private void enter(AuthenticationPhase next) {
        phase = next;
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private void expireAfter(Duration duration, AuthStatusResult result, String message) {
        schedule(duration, () -> fail(result, Kind.AUTHENTICATION_CANCELLED, message));
    }

    private void schedule(Duration duration, Runnable task) {
        timeout = setup.loop().schedule(task, duration.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void onLoop(Runnable task) {
        setup.loop().execute(task);
    }

    /** Where an authentication's messages and its outcome go. */
    public interface Output {

        void send(Message message);

        /** Both sides are content, as far as can be known. Called once, or never. */
        void onAuthenticated();

        /** The connection must be closed at once. Called once, or never; nothing follows. */
        void onFailed(OspException failure);
    }

    private final class Answer implements AuthenticationPrompts.CodeAnswer {

        @Override
        public void enter(Psk psk) {
            onLoop(() -> onCodeEntered(psk));
        }

        @Override
        public void dismiss() {
            onLoop(() -> Authenticator.this.dismiss(AuthenticationPhase.OWN_INPUT));
        }
    }
}
