package dev.lp2p.osp.transport;

import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;

/** A QUIC stream of a {@link Connection}. Every method belongs to the agent's loop. */
public interface TransportStream {

    /** What the library can send and hear of an error code in {@link #reset} and its like: 31 bits. */
    long MAX_ERROR_CODE = Integer.MAX_VALUE;

    boolean isBidirectional();

    /** The QUIC stream ID; empty as long as the peer's limit keeps the stream from being opened. */
    OptionalLong id();

    /** Queues {@code data} for sending and takes over its reference; on a stream that has ended it is only released. */
    void write(ByteBuf data);

    /** Bytes written here that the transport has not taken yet. */
    long pendingBytes();

    /** Sends FIN after everything that was written. */
    void finish();

    /**
     * Abandons both directions: RESET_STREAM for ours, STOP_SENDING for the peer's.
     *
     * @param errorCode 0 to {@link #MAX_ERROR_CODE}, here and below
     */
    void reset(long errorCode);

    /** Abandons our direction with RESET_STREAM; what has not been sent is dropped. For a {@link HalvesListener}. */
    void resetSending(long errorCode);

    /** Asks the peer to abandon its direction, by STOP_SENDING; nothing more is delivered. For a {@link HalvesListener}. */
    void stopReceiving(long errorCode);

    /** While off, no data is delivered, and the peer stops once the stream's receive window is full. On at first. */
    void setReading(boolean reading);
}
