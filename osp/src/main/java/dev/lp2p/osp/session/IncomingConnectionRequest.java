package dev.lp2p.osp.session;

import java.util.Optional;

/**
 * A peer's wish for a connection to a receiver here, to be answered once, now or after a person was asked. Every method
 * belongs to the agent's loop. The texts are the peer's: bounded, and to be cleaned before a person sees them.
 */
public interface IncomingConnectionRequest {

    /** Which page or program asks, as the peer's agent claims; empty where it does not say. Only the device is verified. */
    Optional<String> origin();

    /** What the one who asks is called there. */
    String nickname();

    /**
     * Makes the connection, which has ended already if the session has.
     *
     * @param nickname for a person at the peer to read
     * @throws IllegalArgumentException if the nickname is too long
     * @throws IllegalStateException if the request was answered before
     */
    PeerConnection accept(String nickname);

    /**
     * Says no, without a reason. To a peer that does not tell origins apart only the session's end says that, and ends it.
     *
     * @throws IllegalStateException if the request was answered before
     */
    void refuse();
}
