package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.message.AgentInfo;

/**
 * A session with a peer that a person authenticated, now or before: what is sent reaches the holder of the private key
 * of {@link #peerFingerprint()}. Every method belongs to the agent's loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#local-peer-to-peer-session">Local Peer-to-Peer session</a>
 */
public interface Session {

    Fingerprint peerFingerprint();

    /** What the peer last said of itself. */
    AgentInfo peerInfo();

    /** Whether this side dialled. */
    boolean isClient();

    /** Sets who hears of the peer's channels and of the end; what came before waits for it. */
    void setListener(SessionListener listener);

    /**
     * Opens a data channel.
     *
     * @throws IllegalArgumentException if a channel of this id is open on the session
     */
    DataChannel openDataChannel(int channelId, String label, String protocol, DataChannelListener listener);

    /** Ends the session and all its channels. */
    void close(SessionCloseReason reason);
}
