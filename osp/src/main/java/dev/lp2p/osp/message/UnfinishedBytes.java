package dev.lp2p.osp.message;

/**
 * Counts what readers hold of messages whose end has not come. All readers of a session's channels share one: each message
 * alone is within its cap, but a peer can begin one on every stream and finish none.
 */
public final class UnfinishedBytes {

    /** Sixteen of the largest messages at a time, or one of more than two MiB on each of a hundred channels. */
    public static final long DEFAULT_MAX_BYTES = 16L * MessageReader.DEFAULT_MAX_PAYLOAD_BYTES;

    private final long maxBytes;
    private long held;

    public UnfinishedBytes() {
        this(DEFAULT_MAX_BYTES);
    }

    UnfinishedBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void hold(long bytes) throws MalformedException {
        if (bytes > maxBytes - held) {
            throw new MalformedException("too much is unfinished at a time");
        }
        held += bytes;
    }

    void release(long bytes) {
        held -= bytes;
    }
}
