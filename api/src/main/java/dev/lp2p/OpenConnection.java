package dev.lp2p;

import java.time.Instant;

/**
 * A connection of a site or program here to a peer, as the user may look at it.
 *
 * @param origin of the site or program on this device
 * @param bytesSent of payload that left for the peer, over all channels and transports of the connection
 * @param bytesReceived of payload that came
 */
public record OpenConnection(Peer peer, Origin origin, Instant since, long bytesSent, long bytesReceived) {}
