package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;
import java.util.concurrent.CompletionStage;

/**
 * A session with a peer that a person authenticated, now or before: what is sent reaches the holder of the private key
 * of {@link #peerFingerprint()}. It carries any number of LP2P connections, asked for by either side, and stays when the
 * last of them closes. Every method belongs to the agent's loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#local-peer-to-peer-session">Local Peer-to-Peer session</a>
 */
public interface Session {

    Fingerprint peerFingerprint();

    /** What the peer last said of itself. */
    AgentInfo peerInfo();

    /** Whether this side dialled. */
    boolean isClient();

    /** Sets who hears of the peer's requests and of the end; what came before waits for it. */
    void setListener(SessionListener listener);

    /**
     * Asks the peer for a connection to a receiver there. A peer that does not tell origins apart is asked nothing, and the
     * session's one connection is there at once.
     *
     * @param origin who asks, which this agent vouches for; at most {@code Lp2pConnectRequest.MAX_ORIGIN_BYTES}
     * @param nickname for a person at the peer to read; at most {@code Lp2pConnectRequest.MAX_NICKNAME_BYTES}
     * @return completes on the loop. Fails with an {@link OspException}: {@code UNAVAILABLE} where the peer has no receiver,
     *     its user declined, or the one connection is taken, which look alike; or with the reason for which the session
     *     ended meanwhile. Who cancels it has what is accepted later closed.
     * @throws IllegalArgumentException if a text is too long, or the origin empty
     */
    CompletionStage<PeerConnection> requestConnection(String origin, String nickname);

    /** Ends the session and all its connections. */
    void close(SessionCloseReason reason);
}
