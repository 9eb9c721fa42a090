package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.transport.Connection;

/** Hears what happens to a {@link PeerConnection}, on the agent's loop. */
public interface PeerConnectionListener {

    /**
     * The peer opened a channel, which is open at once.
     *
     * @return who hears of its messages
     */
    DataChannelListener onDataChannel(DataChannel channel);

    /**
     * The peer made a QUIC transport that belongs to this connection. The listener takes it over; until it calls
     * {@link Connection#setListener} on it, then or later, what the peer sends there waits unread.
     */
    void onTransport(Connection transport);

    /** The end, after that of each channel; nothing follows. */
    void onClosed(SessionCloseReason reason);
}
