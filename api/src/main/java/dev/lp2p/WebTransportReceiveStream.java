package dev.lp2p;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * What the peer sends on a stream. A stream that is not read takes no more than a window, and then stops the peer.
 *
 * <p>A read gives what has come, however much that is; where the pieces begin says nothing. The bytes are copied once, out
 * of the network's memory into the buffer, which is the program's.
 *
 * @see <a href="https://www.w3.org/TR/webtransport/#receive-stream">WebTransportReceiveStream</a>
 */
public interface WebTransportReceiveStream extends ReadableStream<ByteBuffer> {

    /**
     * Takes nothing more and asks the peer to stop sending.
     *
     * @param errorCode 0 to 2^31 - 1, as much as the QUIC library sends
     * @throws LP2PException {@code TypeError} if the code is not one
     */
    void cancel(long errorCode);

    /** The same bytes for code that waits; its errors are {@link java.io.IOException}s. They are copied once more. */
    InputStream inputStream();

    /** What the stream has done so far. */
    CompletableFuture<WebTransportReceiveStreamStats> getStats();
}
