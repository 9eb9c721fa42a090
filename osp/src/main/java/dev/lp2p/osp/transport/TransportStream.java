package dev.lp2p.osp.transport;

import io.netty.buffer.ByteBuf;

/** A QUIC stream of a {@link Connection}. Every method belongs to the agent's loop. */
public interface TransportStream {

    boolean isBidirectional();

    /** Queues {@code data} for sending and takes over its reference; on a stream that has ended it is only released. */
    void write(ByteBuf data);

    /** Bytes written here that the transport has not taken yet. */
    long pendingBytes();

    /** Sends FIN after everything that was written. */
    void finish();

    /** Abandons both directions: RESET_STREAM for ours, STOP_SENDING for the peer's. */
    void reset(long errorCode);

    /** While off, no data is delivered, and the peer stops once the stream's receive window is full. On at first. */
    void setReading(boolean reading);
}
