package dev.lp2p.osp.transport;

import java.time.Duration;

/**
 * What a connection has done since it began.
 *
 * @param bytesSent in packets, with their overhead and what was sent again
 * @param bytesReceived in packets, with their overhead
 * @param bytesLost in packets that count as lost
 * @param bytesSentAgain of streams, since the packet they were in was lost
 * @param smoothedRoundTrip zero before the first measurement
 * @param deliveryRate in bytes a second, an estimate
 */
public record ConnectionStats(
        long packetsSent,
        long packetsReceived,
        long packetsLost,
        long bytesSent,
        long bytesReceived,
        long bytesLost,
        long bytesSentAgain,
        Duration smoothedRoundTrip,
        long deliveryRate) {}
