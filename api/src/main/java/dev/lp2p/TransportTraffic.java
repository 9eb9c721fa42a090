package dev.lp2p;

import java.util.concurrent.atomic.AtomicLong;

/** What goes over all streams and datagrams of one transport; from any thread. */
final class TransportTraffic {

    /** Bytes held for readers that have not asked for them, past which a stream is read only while a read waits for it. */
    static final long TRANSPORT_BYTES = 4L << 20;

    private final AtomicLong held = new AtomicLong();
    private volatile ConnectionTraffic connection = new ConnectionTraffic(() -> {});

    /** Whose transport it is. */
    void countFor(ConnectionTraffic owner) {
        connection = owner;
    }

    /** Bytes came and are held for a reader, with what holding them takes besides. */
    void received(long bytes, long overhead) {
        held.addAndGet(bytes + overhead);
        connection.received(bytes);
    }

    /** Bytes are held no longer. */
    void released(long bytes) {
        held.addAndGet(-bytes);
    }

    boolean isSpent() {
        return held.get() > TRANSPORT_BYTES;
    }

    /** A datagram came, which holds back no stream. */
    void receivedDatagram(long bytes) {
        connection.received(bytes);
    }

    /** The transport took some. */
    void sent(long bytes) {
        connection.sent(bytes);
    }
}
