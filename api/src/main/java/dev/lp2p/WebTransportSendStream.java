package dev.lp2p;

import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * What is sent to the peer on a stream. The bytes of a write are copied once, into the network's memory.
 *
 * <p>A peer that stops reading is noticed only at a write: until then nothing says so, and never with which code.
 *
 * @see <a href="https://www.w3.org/TR/webtransport/#send-stream">WebTransportSendStream</a>
 */
public interface WebTransportSendStream extends WritableStream {

    /**
     * Gives the stream up: what is not sent yet is dropped, and the peer's reads fail with the code.
     *
     * @param errorCode 0 to 2^31 - 1, as much as the QUIC library sends
     * @throws LP2PException {@code TypeError} if the code is not one
     */
    void abort(long errorCode);

    /** The same stream for code that waits; its errors are {@link java.io.IOException}s. */
    OutputStream outputStream();

    /** What the stream has done so far. */
    CompletableFuture<WebTransportSendStreamStats> getStats();
}
