package dev.lp2p.osp.quic;

/**
 * What peers can make this agent hold, by number.
 *
 * @param connections incoming connections in all
 * @param handshakes incoming connections whose handshake is not done
 * @param handshakesBeforeRetry from this many unfinished handshakes on, a client must prove its address by a Retry token
 * @param connectionsPerAddress incoming connections from one source address
 * @param bidirectionalStreams streams that a peer may have open at once in a connection; also how many of its own it may
 *     leave unread
 * @param unidirectionalStreams likewise
 * @param abandonedStreams streams of one connection that either side may reset; the library keeps some memory for each
 *     until the connection ends, so the connection is closed at this number
 * @param streamWindow bytes that a peer may send on a stream before we read them, to begin with; the library lets it grow
 *     while the application reads as fast as the peer sends
 * @param unreadBytes what one peer may leave unread here, on all streams of its connections; past that, streams that
 *     nobody reads are reset. A stranger has {@link UnreadBudget#STRANGER_BYTES} for a connection
 */
public record QuicLimits(
        int connections,
        int handshakes,
        int handshakesBeforeRetry,
        int connectionsPerAddress,
        int bidirectionalStreams,
        int unidirectionalStreams,
        int abandonedStreams,
        long streamWindow,
        long unreadBytes) {

    /** The limits of an agent that serves the devices of one person or home. */
    public static final QuicLimits DEFAULT = new QuicLimits(64, 16, 4, 8, 1024, 128, 10_000, 64L << 10, 256L << 20);
}
