package dev.lp2p.osp.transport;

import io.netty.buffer.ByteBuf;

/** Hears what happens to a {@link Connection}, on the agent's loop. */
public interface ConnectionListener {

    /**
     * The peer opened a stream.
     *
     * @return who hears of its data
     */
    StreamListener onStream(TransportStream stream);

    /** A datagram of the peer. The listener takes over the reference and releases it. */
    default void onDatagram(ByteBuf datagram) {
        datagram.release();
    }

    /** The connection ended, on whichever side; called once, last, and after the end of each stream. */
    void onClosed(ConnectionCloseReason reason);
}
