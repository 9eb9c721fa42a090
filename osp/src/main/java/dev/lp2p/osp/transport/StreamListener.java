package dev.lp2p.osp.transport;

import io.netty.buffer.ByteBuf;

/** Hears what happens to a {@link TransportStream}, on the agent's loop. */
public interface StreamListener {

    /** The next bytes from the peer. The listener takes over the reference and releases it. */
    default void onData(ByteBuf data) {
        data.release();
    }

    /** The peer sent FIN, after all its data; we may still write. */
    default void onFinished() {}

    /** {@link TransportStream#pendingBytes()} went down. */
    default void onDrained() {}

    /** The peer reset the stream, or the connection ended; no callback follows. */
    default void onReset(long errorCode) {}
}
