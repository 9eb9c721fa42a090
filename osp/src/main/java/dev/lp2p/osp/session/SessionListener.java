package dev.lp2p.osp.session;

/** Hears what happens to an authenticated {@link Session}, on the agent's loop. */
public interface SessionListener {

    /**
     * The peer asks for a connection. A peer that does not tell origins apart and dialled asks once by doing so, unless
     * its one connection was requested here first.
     */
    void onConnectionRequest(IncomingConnectionRequest request);

    /** The end, after that of each connection; nothing follows, and requests that were not answered are moot. */
    void onClosed(SessionCloseReason reason);
}
