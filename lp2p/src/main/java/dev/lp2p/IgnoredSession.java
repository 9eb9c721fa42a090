package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;

/** Hears a session that is closed before anybody used it. */
final class IgnoredSession implements SessionListener {

    @Override
    public DataChannelListener onDataChannel(DataChannel channel) {
        return new IgnoredChannel();
    }

    @Override
    public void onClosed(SessionCloseReason reason) {}
}
