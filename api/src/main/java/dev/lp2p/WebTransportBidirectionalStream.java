package dev.lp2p;

/**
 * A stream that goes both ways; each direction ends by itself.
 *
 * @see <a href="https://www.w3.org/TR/webtransport/#bidirectional-stream">WebTransportBidirectionalStream</a>
 */
public interface WebTransportBidirectionalStream {

    WebTransportReceiveStream readable();

    WebTransportSendStream writable();
}
