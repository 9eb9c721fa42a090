package dev.lp2p;

import java.util.concurrent.atomic.LongAdder;

/** What goes over one connection, its channels and its transports: bytes of payload, and that it is in use. From any thread. */
final class ConnectionTraffic {

    private final Runnable onUse;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();

    ConnectionTraffic(Runnable onUse) {
        this.onUse = onUse;
    }

    /** The transport took bytes, or a peer's came. */
    void sent(long bytes) {
        sent.add(bytes);
        onUse.run();
    }

    void received(long bytes) {
        received.add(bytes);
        onUse.run();
    }

    /** Something is going on, of which nothing is to be counted yet. */
    void touch() {
        onUse.run();
    }

    long bytesSent() {
        return sent.sum();
    }

    long bytesReceived() {
        return received.sum();
    }
}
