package dev.lp2p;

/**
 * A stream that goes both ways; each direction ends by itself.
 *
 * @see <a href="https://www.w3.org/TR/webtransport/#bidirectional-stream">WebTransportBidirectionalStream</a>
 */
public interface WebTransportBidirectionalStream {

    /** What the peer sends. */
    WebTransportReceiveStream readable();

    /** What is sent to the peer. */
    WebTransportSendStream writable();
}
