package dev.lp2p;

import java.util.concurrent.CompletableFuture;

/**
 * Streams and datagrams to one peer over a QUIC connection of their own. Methods may be called from any thread; futures
 * that are not complete at once complete on the manager's callback executor.
 *
 * @see <a href="https://www.w3.org/TR/webtransport/#web-transport">WebTransport</a>
 */
public interface WebTransport {

    /** Completes when the transport can be used; fails with an {@link LP2PException} if that never happens. */
    CompletableFuture<Void> ready();

    /**
     * Completes with how the transport was closed, by either side.
     *
     * @return fails with an {@link LP2PException} if the transport ended in another way: it never was ready, the peer is
     *     gone, or the connection that it belongs to ended
     */
    CompletableFuture<WebTransportCloseInfo> closed();

    /** Completes when the transport is about to close, so that nothing new is to be begun on it; fails as {@link #closed}. */
    CompletableFuture<Void> draining();

    /**
     * Closes the transport and all its streams at once; what is still to be sent on them is lost. Later calls do nothing.
     *
     * @throws LP2PException {@code TypeError} if the code is not one
     */
    void close(WebTransportCloseInfo closeInfo);

    /** Closes with the code 0. */
    default void close() {
        close(WebTransportCloseInfo.DEFAULT);
    }

    /**
     * Makes a stream that goes both ways. Where the peer takes no more streams now, what is written waits in it.
     *
     * @return completes when the transport is ready; fails with an {@link LP2PException}: {@code InvalidStateError} once the
     *     transport is closed
     */
    CompletableFuture<WebTransportBidirectionalStream> createBidirectionalStream();

    /** Makes a stream to the peer only; otherwise as {@link #createBidirectionalStream()}. */
    CompletableFuture<WebTransportSendStream> createUnidirectionalStream();

    /** Streams that the peer makes. Those that are not taken are not read; the peer cannot have more than a window of them. */
    ReadableStream<WebTransportBidirectionalStream> incomingBidirectionalStreams();

    /** As {@link #incomingBidirectionalStreams()}. */
    ReadableStream<WebTransportReceiveStream> incomingUnidirectionalStreams();

    /** Datagrams to and from the peer; the same object each time. */
    WebTransportDatagramDuplexStream datagrams();

    /** What the transport has done so far; fails with {@code InvalidStateError} unless it is ready. */
    CompletableFuture<WebTransportConnectionStats> getStats();
}
