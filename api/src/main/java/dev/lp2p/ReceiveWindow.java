package dev.lp2p;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that all streams of one transport hold for readers that have not asked for them. */
final class ReceiveWindow {

    /** Past this a stream is read only while a read waits for it. */
    static final long TRANSPORT_BYTES = 4L << 20;

    private final AtomicLong held = new AtomicLong();

    void add(long bytes) {
        held.addAndGet(bytes);
    }

    boolean isSpent() {
        return held.get() > TRANSPORT_BYTES;
    }
}
