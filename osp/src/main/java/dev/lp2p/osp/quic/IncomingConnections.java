package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.Connection;

/** Hears of peers that dialled, on the agent's loop. */
@FunctionalInterface
public interface IncomingConnections {

    /** A peer proved to own a key; it is a stranger until the protocol above says otherwise. Sets the listener. */
    void onConnection(Connection connection);
}
