package dev.lp2p;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the channels of one connection may receive ahead of the program. Beyond what all may hold together, each keeps
 * a little of its own, so that programs which are slow on some channels do not stop the others. A channel stops with the
 * message that goes beyond its window.
 */
final class ChannelsWindow {

    /** What all channels of a connection hold before each has its least. */
    static final long CONNECTION_WINDOW = 32L * 1024 * 1024;

    static final long MIN_CHANNEL_WINDOW = 16 * 1024;

    /**
     * What all channels of a connection hold at most, beside the least of each: as many large messages as there are
     * channels that stopped would be too much.
     */
    static final long MAX_HELD_BYTES = 256L * 1024 * 1024;

    private final long ofOneChannel;
    private final AtomicLong held = new AtomicLong();

    ChannelsWindow(long ofOneChannel) {
        this.ofOneChannel = ofOneChannel;
    }

    void hold(long bytes) {
        held.addAndGet(bytes);
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Whether a channel that holds so much has to end, for it would be too much in all. */
    boolean isExceeded(long ofThisChannel) {
        return held.get() > MAX_HELD_BYTES && ofThisChannel > MIN_CHANNEL_WINDOW;
    }

    /** What one channel may hold as things are. */
    long ofChannel() {
        return held.get() > CONNECTION_WINDOW ? Math.min(MIN_CHANNEL_WINDOW, ofOneChannel) : ofOneChannel;
    }
}
