package dev.lp2p.osp.transport;

/** Hears what happens to a {@link Connection}, on the agent's loop. */
public interface ConnectionListener {

    /**
     * The peer opened a stream.
     *
     * @return who hears of its data
     */
    StreamListener onStream(TransportStream stream);

    /** The connection ended, on whichever side; called once, last, and after the end of each stream. */
    void onClosed(ConnectionCloseReason reason);
}
