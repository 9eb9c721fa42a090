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
 * any thread. Names are stripped of control and bidirectional characters and bounded.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-management">Peer management</a>
 */
public interface Consent {

    /** May devices on this network see this one under the name? Asked once for each receiver that starts. */
    CompletionStage<Decision> allowAdvertising(AdvertisingRequest request);

    /**
     * Which device? Completes with one of the choice's candidates, or empty if the user dismisses the question. It may be
     * cancelled, and then the question goes away.
     */
    CompletionStage<Optional<PeerCandidate>> choosePeer(PeerChoice choice);

    /** May the authenticated peer, which dialled this device, connect to the program? */
    CompletionStage<Decision> allowIncoming(IncomingRequest request);

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

    /** A program is connected to the peer from now on. */
    void connected(Peer peer);

    /** An answer to a question of yes or no. */
    enum Decision {
        /** Yes, this time. */
        ALLOW_ONCE,
        DECLINE
    }

    /**
     * What a receiver wants.
     *
     * @param displayName under which this device would be seen
     * @param nickname what the program calls itself
     */
    record AdvertisingRequest(String displayName, Optional<String> nickname) {}

    /**
     * Who wants to connect to a receiver.
     *
     * @param nickname what the receiving program calls itself
     */
    record IncomingRequest(Peer peer, Optional<String> nickname) {}
}
