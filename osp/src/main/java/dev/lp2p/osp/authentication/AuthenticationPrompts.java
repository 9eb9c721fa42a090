package dev.lp2p.osp.authentication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How an agent asks its user during authentication. Called on the agent's loop; an implementation only hands the question
 * on and returns.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#security-ui">User Interface Considerations</a>
 */
public interface AuthenticationPrompts {

    /**
     * Shows a code, for the user to enter at the peer.
     *
     * @param psk valid until the prompt is closed; the implementation keeps no copy
     */
    OpenPrompt showCode(PeerDescription peer, Psk psk);

    /**
     * Shows a code, as {@link #showCode(PeerDescription, Psk)} does, for a user who can send the peer away.
     *
     * @param dismiss ends the authentication, from any thread; calls after the first do nothing
     */
    default OpenPrompt showCode(PeerDescription peer, Psk psk, Runnable dismiss) {
        return showCode(peer, psk);
    }

    /** Asks for the code that the peer shows. */
    OpenPrompt askCode(PeerDescription peer, CodeAnswer answer);

    /**
     * Somebody wants to authenticate, but so many guesses were lost in a row that only the user can allow one more. Asked
     * once at a time, and after a refusal not for a while that grows; unless implemented, the answer is no.
     *
     * @return whether a person, who was told the number, allows it
     */
    default CompletionStage<Boolean> allowAnotherTry(int lostGuesses) {
        return CompletableFuture.completedStage(false);
    }

    /** A question that stands open; closing it takes it off the screen. */
    interface OpenPrompt {
        void close(Outcome outcome);
    }

    /** How the authentication that a prompt belonged to ended. */
    enum Outcome {
        AUTHENTICATED,
        /** Wrong code, or the peer proved nothing. */
        FAILED,
        /** The user, the peer or the clock ended it. */
        CANCELLED
    }

    /** Takes the user's answer, from any thread, once; later answers do nothing. */
    interface CodeAnswer {
        void enter(Psk psk);

        void dismiss();
    }
}
