package dev.lp2p;

import java.time.Duration;

/**
 * What a transport has done since it began. Acknowledged bytes, the smallest round trip and its variation are missing: the
 * QUIC library does not give them.
 *
 * @param bytesSent in packets, with their overhead and what was sent again
 * @param bytesSentAgain of streams, since the packet they were in was lost
 * @param bytesReceived in packets, with their overhead
 * @param smoothedRtt the round trip time
 * @param estimatedSendRate bytes a second
 * @see <a href="https://www.w3.org/TR/webtransport/#web-transport-connection-stats">WebTransportConnectionStats</a>
 */
public record WebTransportConnectionStats(
        long bytesSent,
        long bytesSentAgain,
        long packetsSent,
        long bytesLost,
        long packetsLost,
        long bytesReceived,
        long packetsReceived,
        Duration smoothedRtt,
        long estimatedSendRate,
        WebTransportDatagramStats datagrams) {}
