package dev.lp2p.osp.datachannel;

import io.netty.buffer.ByteBuf;

/**
 * A data channel on the wire: one bidirectional stream of an authenticated session. Every method belongs to the agent's
 * loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#data-channel-extension">Data channel extension</a>
 */
public interface DataChannel {

    int id();

    String label();

    String protocol();

    /**
     * Sends a whole frame, or the next part of a Blob's, made by {@link DataFrame}, and takes over its reference; may
     * precede {@code onOpen}. Between the start and the end of a Blob nothing but its chunks goes, and no
     * {@link #close()}: a Blob that cannot be finished needs {@link #abort()}.
     */
    void send(ByteBuf frame);

    /** Bytes that {@link #send} took and the transport has not. */
    long pendingBytes();

    /** While off, no message is delivered and the far sender stops once the stream's window is full. */
    void setReading(boolean reading);

    /** FIN after the last frame; the peer sees {@code onClosing}, then {@code onClosed}. */
    void close();

    /** Resets the stream; what was not delivered is lost. */
    void abort();
}
