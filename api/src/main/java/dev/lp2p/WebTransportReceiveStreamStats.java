package dev.lp2p;

/**
 * What a stream has received.
 *
 * @param bytesReceived from the network
 * @param bytesRead by the program
 * @see <a href="https://www.w3.org/TR/webtransport/#receive-stream-stats">WebTransportReceiveStreamStats</a>
 */
public record WebTransportReceiveStreamStats(long bytesReceived, long bytesRead) {}
