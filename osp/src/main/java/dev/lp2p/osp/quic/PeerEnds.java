package dev.lp2p.osp.quic;

import java.util.OptionalLong;

/**
 * The ends of the peer's streams, of both kinds, that overtook their streams.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9000#name-stream-types-and-identifier">RFC 9000, section 2.1</a>
 */
final class PeerEnds {

    // What the two lowest bits of a stream ID say; the others count.
    private static final long BY_SERVER = 1;
    private static final long UNIDIRECTIONAL = 2;
    private static final int NUMBER_SHIFT = 2;

    private final boolean client;
    private final EarlyEnds bidirectional;
    private final EarlyEnds unidirectional;

    /** @param client whether we are the client */
    PeerEnds(boolean client, QuicLimits limits) {
        this.client = client;
        this.bidirectional = new EarlyEnds(limits.bidirectionalStreams());
        this.unidirectional = new EarlyEnds(limits.unidirectionalStreams());
    }

    /**
     * The peer opened a stream.
     *
     * @return after how many bytes it ends, if that is known
     */
    OptionalLong take(long streamId) {
        return ofKind(streamId).take(streamId >> NUMBER_SHIFT);
    }

    /**
     * A stream that is not there ends; this matters if it is the peer's and yet to come.
     *
     * @return false if it was to end elsewhere
     */
    boolean add(long streamId, long bytes) {
        return !isPeers(streamId) || ofKind(streamId).add(streamId >> NUMBER_SHIFT, bytes);
    }

    private boolean isPeers(long streamId) {
        return client == ((streamId & BY_SERVER) != 0);
    }

    private EarlyEnds ofKind(long streamId) {
        return (streamId & UNIDIRECTIONAL) == 0 ? bidirectional : unidirectional;
    }
}
