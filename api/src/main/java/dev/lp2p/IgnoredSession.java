package dev.lp2p;

import dev.lp2p.osp.session.IncomingConnectionRequest;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;

/** Hears a session that is closed before anybody used it. */
final class IgnoredSession implements SessionListener {

    @Override
    public void onConnectionRequest(IncomingConnectionRequest request) {
        request.refuse();
    }

    @Override
    public void onClosed(SessionCloseReason reason) {}
}
