package dev.lp2p.osp.datachannel;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;

/** Hears what happens to a {@link DataChannel}, on the agent's loop. */
public interface DataChannelListener {

    /** The peer accepted the channel, or sent a frame without answering; called once, never on an incoming channel. */
    void onOpen();

    /** A whole message, never a Blob. The listener takes over the reference to the payload. */
    void onMessage(DataEncoding encoding, ByteBuf payload);

    /**
     * A Blob begins. Its chunks follow, then {@link #onBlobEnd}, and nothing else in between but {@link #onDrained}; only
     * a Blob that was cut has no end, and then {@link #onClosed} comes next.
     *
     * @param size in bytes, where the peer announced it
     */
    void onBlobStart(OptionalLong size);

    /** The next bytes of the Blob, at least one. The listener takes over the reference. */
    void onBlobChunk(ByteBuf chunk);

    /** The Blob is whole. */
    void onBlobEnd();

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
