package dev.lp2p;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Takes what is to be sent, as a stream of the web platform does. Methods may be called from any thread.
 *
 * @see <a href="https://streams.spec.whatwg.org/#ws-class">WritableStream</a>
 */
public interface WritableStream {

    /**
     * Sends the bytes between position and limit, which it copies before it returns. Bytes of several writes go out in
     * their order.
     *
     * @return completes when there is room for more, at once where there is: whoever waits for it before the next write is
     *     as slow as the peer. Fails with an {@link LP2PException}: {@code InvalidStateError} after {@code close()} or
     *     {@code abort()}, {@code OperationError} if far too much waits to be sent, {@code WebTransportError} if the peer
     *     stopped reading or the transport ended
     */
    CompletableFuture<Void> write(ByteBuffer data);

    /**
     * Ends the stream after everything that was written.
     *
     * @return completes once all of it is on its way; fails as {@link #write} does
     */
    CompletableFuture<Void> close();
}
