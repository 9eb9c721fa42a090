package dev.lp2p;

/**
 * What a stream has sent. Which of it the peer has is not known: the QUIC library does not say.
 *
 * @param bytesWritten by the program
 * @param bytesSent taken by the network
 * @see <a href="https://www.w3.org/TR/webtransport/#send-stream-stats">WebTransportSendStreamStats</a>
 */
public record WebTransportSendStreamStats(long bytesWritten, long bytesSent) {}
