package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;

/** Hears how a connection's start as a session ended, on the agent's loop; one call, once. */
public interface SessionLifecycle {

    /** Each side knows the other. */
    void onAuthenticated(Session session);

    /** The connection is closed; why, in words for the user. */
    void onFailed(OspException failure);
}
