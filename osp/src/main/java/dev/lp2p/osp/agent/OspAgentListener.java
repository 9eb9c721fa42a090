package dev.lp2p.osp.agent;

import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionListener;

/** Hears what happens to an agent without its asking, on the agent's loop. */
public interface OspAgentListener {

    /**
     * A peer dialled this agent and is authenticated, now or from before.
     *
     * @return who hears of the session
     */
    SessionListener onIncomingSession(Session session);
}
