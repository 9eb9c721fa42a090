package dev.lp2p;

/**
 * What became of datagrams here. How many the network lost is not known: the QUIC library does not say.
 *
 * @param droppedIncoming for want of a reader
 * @param expiredIncoming that waited longer than the incoming maximum age
 * @param expiredOutgoing that waited longer than the outgoing maximum age
 * @see <a href="https://www.w3.org/TR/webtransport/#web-transport-datagram-stats">WebTransportDatagramStats</a>
 */
public record WebTransportDatagramStats(long droppedIncoming, long expiredIncoming, long expiredOutgoing) {}
