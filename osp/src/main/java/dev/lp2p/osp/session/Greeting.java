package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.authentication.AuthenticationSetup;
import dev.lp2p.osp.authentication.Authenticator;
import dev.lp2p.osp.identity.DisplayText;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.transport.Connection;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What makes a session of a connection: the peer says who it is, and where one of the two sides does not know the other,
 * both authenticate. A peer that forgot us authenticates again while the session stands.
 *
 * <p>Each side asks for the other's agent-info. A side that does not know its peer offers its auth-capabilities before
 * it answers, on the same stream, so that whoever gets the answer knows whether it is known there. The client initiates,
 * since it is the side whose user wants something.
 */
final class Greeting {

    /** For a connection to become a session, or at least an authentication that a user is asked about. */
    static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** What is repeated of a stranger's name. */
    private static final int MAX_NAME = 63;

    private final SessionContext context;
    private final boolean isClient;
    private final Introduction introduction;
    private final EarlyMessages early;
    private final Events events;
    private final Authenticator authenticator;

    private @Nullable ScheduledFuture<?> timeout;
    private boolean done;
    private boolean over;

    /** @param initiationToken the server's {@code at}, or null where it does not advertise */
    Greeting(
            Connection connection,
            SessionContext context,
            @Nullable String initiationToken,
            Introduction introduction,
            EarlyMessages early,
            Events events) {
        this.context = context;
        this.isClient = connection.isClient();
        this.introduction = introduction;
        this.early = early;
        this.events = events;
        this.authenticator = new Authenticator(
                new AuthenticationSetup(
                        isClient,
                        context.ownFingerprint(),
                        connection.peerFingerprint(),
                        introduction::describePeer,
                        context.authCapabilities(),
                        initiationToken,
                        context.prompts(),
                        context.authenticationPolicy(),
                        context.loop(),
                        context.random()),
                new Authentication());
    }

    /** Before the peer is asked for its agent-info. */
    void start() {
        timeout = context.loop().schedule(this::onTimeout, TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        if (!introduction.isKnown()) {
            authenticator.offer();
        }
    }

    boolean isDone() {
        return done;
    }

    /** Whether an authentication is under way, which another connection to the same peer must not cut. */
    boolean isAuthenticating() {
        return authenticator.isRunning();
    }

    /** Whether the peer may send what only an authenticated one may: asked of the live store, for each stream anew. */
    boolean isTrusted() {
        return authenticator.isPeerVerified() || introduction.isKnown();
    }

    void onPeerInfo(AgentInfo info) {
        if (done) {
            introduction.hearAgain(info);
        } else if (!introduction.isNameAsAdvertised(info)) {
            events.onFailed(
                    new OspException(
                            Kind.WRONG_PEER,
                            "The device calls itself \"" + DisplayText.clean(info.displayName(), MAX_NAME)
                                    + "\", which is not what it advertises"),
                    CloseCode.AUTHENTICATION_FAILED);
        } else {
            boolean isFirst = !introduction.isMade();
            introduction.hear(info);
            if (isFirst) {
                begin();
            }
        }
    }

    void onAuthenticationMessage(Message message) {
        if (introduction.isMade() || message instanceof AuthCapabilities) {
            authenticator.onMessage(message);
            // A peer that forgot us while we know it, and whose capabilities were overtaken by its agent-info.
            if (done && isClient && message instanceof AuthCapabilities) {
                authenticator.initiate();
            }
        } else if (!early.waitForInfo(message)) {
            events.onFailed(EarlyMessages.tooMuch(), CloseCode.TOO_MANY);
        }
    }

    /** The peer does what it does only where it is through with the authentication. */
    void onPeerProceeds() {
        authenticator.onPeerProceeds();
    }

    /** The connection is closed. */
    void end(OspException failure) {
        over = true;
        cancelTimeout();
        authenticator.onConnectionClosed(failure);
    }

    /** The peer has a name, so that a prompt can be about it, or none is needed. */
    private void begin() {
        early.takeWaitingForInfo().forEach(authenticator::onMessage);
        if (over) {
            return;
        }
        if (introduction.isKnown() && !authenticator.isPeerAsking()) {
            introduction.seen();
            finish();
        } else if (isClient) {
            authenticator.initiate();
        }
    }

    private void finish() {
        done = true;
        cancelTimeout();
        events.onDone();
    }

    private void onTimeout() {
        if (!done && !authenticator.isRunning()) {
            events.onFailed(
                    new OspException(Kind.AUTHENTICATION_CANCELLED, "The device connected and then said nothing"),
                    CloseCode.NOT_NEEDED);
        }
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
        }
    }

    /** What comes of it. */
    interface Events {

        /** Behind all that was sent before. */
        void send(Message message);

        /** Each side knows the other; again, where the peer had forgotten us. */
        void onDone();

        /** After that, where it took an authentication: what the peer heard of us so far was for a stranger. */
        void onAuthenticated();

        /** The connection is to be closed with the code. */
        void onFailed(OspException failure, long closeCode);
    }

    /** Hears the authentication. */
    private final class Authentication implements Authenticator.Output {

        @Override
        public void send(Message message) {
            events.send(message);
        }

        @Override
        public void onAuthenticated() {
            introduction.authenticated();
            finish();
            events.onAuthenticated();
        }

        @Override
        public void onFailed(OspException failure) {
            events.onFailed(failure, CloseCode.of(failure.kind()));
        }
    }
}
