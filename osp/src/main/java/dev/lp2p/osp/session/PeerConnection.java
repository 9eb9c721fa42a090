package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.OptionalLong;

/**
 * One LP2P connection on a session: who is at its ends was agreed on when it was requested and accepted. Every method
 * belongs to the agent's loop.
 */
public interface PeerConnection {

    /** Which of the session's connections it is; empty for the one of a peer that does not tell origins apart. */
    OptionalLong id();

    Fingerprint peerFingerprint();

    /** What the other end is called there: the peer's words, bounded and not cleaned. */
    String peerNickname();

    /** Whether this side asked for the connection: it chooses even channel ids, the other side odd ones. */
    boolean isRequester();

    /** Sets who hears of the peer's channels and of the end; what came before waits for it. */
    void setListener(PeerConnectionListener listener);

    /**
     * Opens a data channel.
     *
     * @param channelId unique among the open channels of this connection; other connections have their own
     * @throws IllegalArgumentException if the id is out of range, or a channel of this id is open
     * @throws IllegalStateException if the connection has ended
     */
    DataChannel openDataChannel(int channelId, String label, String protocol, DataChannelListener listener);

    /** Ends the connection, here and at the peer: its channels are aborted. The session goes on. */
    void close();
}
