package dev.lp2p;

import dev.lp2p.osp.authentication.AuthenticationPrompts.CodeAnswer;
import dev.lp2p.osp.authentication.AuthenticationPrompts.OpenPrompt;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The user, as the manager asks. Without an answer given here this device is not advertised, no peer is connected to a
 * program, and nobody is authenticated; so an implementation passes on what a person decided, and nothing else.
 *
 * <p>Methods are called on the manager's callback executor. They put the question and return; the answer may come from
 * any thread, and a question that is cancelled goes away. Origins and names are bounded and stripped of control and
 * bidirectional characters, and unverified. The manager asks one thing at a time for each origin and peer, and nothing
 * for a while after a question was dismissed.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-management">Peer management</a>
 */
public interface Consent {

    /**
     * May devices on this network see this one under the name? Asked for each receiver that starts, unless the answer
     * was {@link Decision#ALLOW_ALWAYS} or {@link Decision#NEVER}, which holds for the origin.
     */
    CompletionStage<Decision> allowAdvertising(AdvertisingRequest request);

    /** Which device, and for how long? Empty if the user dismisses the question. */
    CompletionStage<Optional<ChosenPeer>> choosePeer(PeerChoice choice);

    /** May the authenticated peer, which dialled this device, connect to a program here? */
    CompletionStage<IncomingAnswer> allowIncoming(IncomingRequest request);

    /**
     * Shows a code, for the user to enter at the peer; closing the prompt takes it off the screen.
     *
     * @param code valid until the prompt is closed; the implementation keeps no copy
     * @param dismiss ends the authentication
     */
    OpenPrompt showCode(PeerDescription peer, Psk code, Runnable dismiss);

    /**
     * Asks for the code that the peer shows. Where it is asked, the user is told never to type a code given by a page, a
     * message or a device's name; runs of digits in the name are masked.
     */
    OpenPrompt askCode(PeerDescription peer, CodeAnswer answer);

    /**
     * Somebody wants to authenticate, but so many wrong codes in a row look like somebody guessing: may there be one more
     * try? The user is told the number. Asked once at a time, and after a refusal not for a while that grows. What was
     * refused for want of an answer is not resumed: after a yes the user tries again.
     */
    default CompletionStage<Decision> allowAnotherAttempt(int lostGuesses) {
        return CompletableFuture.completedStage(Decision.DECLINE);
    }

    /** Nothing was sent or received for a long time, so the connection closes soon: should it stay? No answer is no. */
    default CompletionStage<Boolean> extendIdle(Peer peer, Origin origin) {
        return CompletableFuture.completedStage(false);
    }

    /** The origin here is connected to the peer from now on. */
    void connected(Peer peer, Origin origin);

    /** It is not any more. */
    default void disconnected(Peer peer, Origin origin) {}

    /** An answer to a question of yes or no. */
    enum Decision {
        /** Yes, this time. */
        ALLOW_ONCE,
        /** Yes, until the session with the device ends. */
        ALLOW_SESSION,
        /** Yes, and do not ask again until it is revoked. */
        ALLOW_ALWAYS,
        /** Not now, or no answer. */
        DECLINE,
        /** No, and do not ask again until it is revoked. */
        NEVER;

        /** Whether it is one of the three kinds of yes. */
        public boolean isAllowed() {
            return this == ALLOW_ONCE || this == ALLOW_SESSION || this == ALLOW_ALWAYS;
        }
    }

    /**
     * What a receiver wants.
     *
     * @param origin of the receiver
     * @param displayName under which this device would be seen
     * @param nickname what the program calls itself
     */
    record AdvertisingRequest(Origin origin, String displayName, Optional<String> nickname) {}

    /** A device that the user chose for an origin. */
    record ChosenPeer(PeerCandidate candidate, Grant.Lifetime lifetime) {

        /** For one connection. */
        public static ChosenPeer once(PeerCandidate candidate) {
            return new ChosenPeer(candidate, Grant.Lifetime.ONCE);
        }
    }

    /**
     * What the user said to a peer's request.
     *
     * @param receiver to which of those that were offered the peer may connect; empty if to none
     */
    record IncomingAnswer(Decision decision, Optional<Origin> receiver) {

        /** @param decision one for which {@link Decision#isAllowed()} holds */
        public static IncomingAnswer allow(Decision decision, Origin receiver) {
            return new IncomingAnswer(decision, Optional.of(receiver));
        }

        /** @param decision {@link Decision#DECLINE} or {@link Decision#NEVER} */
        public static IncomingAnswer refuse(Decision decision) {
            return new IncomingAnswer(decision, Optional.empty());
        }
    }
}
