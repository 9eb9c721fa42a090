package dev.lp2p.osp.datachannel;

import io.netty.buffer.ByteBuf;

/** Hears what happens to a {@link DataChannel}, on the agent's loop. */
public interface DataChannelListener {

    /** The peer accepted the channel, or sent a frame without answering; called once, never on an incoming channel. */
    void onOpen();

    /** A whole message. The listener takes over the reference to the payload. */
    void onMessage(DataEncoding encoding, ByteBuf payload);

    /** {@link DataChannel#pendingBytes()} went down. */
    void onDrained();

    /** The peer sent its last message; the channel closes by itself once ours have left. */
    void onClosing();

    /** The end; nothing follows. */
    void onClosed(Reason reason);

    /** Why a data channel ended. */
    enum Reason {
        /** Both sides finished. */
        CLOSED,
        /** The peer refused to open it. */
        REFUSED,
        /** One side reset the stream, or its session ended. */
        ABORTED,
        /** The session was lost with the network. */
        NETWORK_LOST
    }
}
