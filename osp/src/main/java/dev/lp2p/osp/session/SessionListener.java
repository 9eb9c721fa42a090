package dev.lp2p.osp.session;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;

/** Hears what happens to an authenticated {@link Session}, on the agent's loop. */
public interface SessionListener {

    /**
     * The peer opened a channel, which is open at once.
     *
     * @return who hears of its messages
     */
    DataChannelListener onDataChannel(DataChannel channel);

    /** The end; nothing follows. */
    void onClosed(SessionCloseReason reason);
}
