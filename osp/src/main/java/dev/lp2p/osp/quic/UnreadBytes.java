package dev.lp2p.osp.quic;

import io.netty.handler.codec.quic.QuicConnectionStats;

/**
 * What waits unread on a connection's streams, at most: what came in packets less what was taken from the streams. The
 * library does not tell it, and offers no other count.
 */
final class UnreadBytes {

    /** RFC 9000, section 17.3.1, and RFC 9001, section 5.3: a packet's first byte, packet number and tag, at least. */
    private static final int MIN_PACKET_OVERHEAD = 1 + 1 + 16;

    /** The ID that the library gives each of our connections; every packet to us carries it. */
    private static final int CONNECTION_ID_BYTES = 20;

    /**
     * One byte in so many, of what was taken and of what was sent, was received beside stream data: frames' heads, and
     * acknowledgements. Without this they would add up to much in a long life. A peer gains as little by it.
     */
    private static final int OVERHEAD_SHARE = 32;

    /** The library's for a stream, however fast it is read. */
    private static final long MAX_STREAM_WINDOW = 16L << 20;

    private long atMost;
    private long takenSince;
    private long packets;
    private long receivedBytes;
    private long sentBytes;

    /**
     * What a peer may have sent on a stream beyond what was read of it. The library at most doubles a window each time that
     * half of it was read, so that a window is at most twice what was read since the first.
     */
    static long streamWindow(long initial, long readBytes) {
        return Math.min(initial + 2 * readBytes, Math.max(initial, MAX_STREAM_WINDOW));
    }

    long atMost() {
        return atMost;
    }

    void onTaken(long bytes) {
        takenSince += bytes;
    }

    void update(QuicConnectionStats counters) {
        long overhead = (counters.recv() - packets) * (MIN_PACKET_OVERHEAD + CONNECTION_ID_BYTES);
        long assumed = (takenSince + counters.sentBytes() - sentBytes) / OVERHEAD_SHARE;
        atMost = Math.max(0, atMost + counters.recvBytes() - receivedBytes - overhead - assumed - takenSince);
        takenSince = 0;
        packets = counters.recv();
        receivedBytes = counters.recvBytes();
        sentBytes = counters.sentBytes();
    }

    /** No more than this can wait. */
    void limit(long bytes) {
        atMost = Math.min(atMost, bytes);
    }
}
