package dev.lp2p;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Blob that a program sends bit by bit, as it has it, and for which no thread waits. What was written leaves in its turn
 * and counts in {@link LP2PDataChannel#bufferedAmount()} until it has: a program that looks at that, and at the event
 * {@code bufferedamountlow}, is as slow as the peer. Messages that were sent after it wait for its end.
 *
 * <p>Methods may be called from any thread, one at a time.
 *
 * @see LP2PDataChannel#sendBlob()
 */
public final class LP2PBlobWriter {

    private final LP2PDataChannelImpl channel;
    private final WrittenBlob blob;
    private final AtomicBoolean isOver = new AtomicBoolean();

    LP2PBlobWriter(LP2PDataChannelImpl channel, WrittenBlob blob) {
        this.channel = channel;
        this.blob = blob;
    }

    /**
     * Adds the bytes between position and limit, which it copies before it returns. Does nothing once the channel has
     * ended, which its events say.
     *
     * @throws LP2PException {@code OperationError} if more than {@link LP2PDataChannel#MAX_BUFFERED_AMOUNT} would wait in
     *     the channel, so that nothing was added; {@code InvalidStateError} after {@link #close()} or {@link #abort}
     */
    public void write(ByteBuffer data) {
        if (isOver.get()) {
            throw new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR, "The Blob has ended; begin another with sendBlob()");
        }
        channel.write(blob, data.duplicate());
    }

    /** The Blob is whole: it has what was written until now. */
    public void close() {
        if (isOver.compareAndSet(false, true)) {
            blob.end();
        }
    }

    /**
     * The Blob will never be whole, which cuts the channel, since a message that has begun cannot be taken back: the event
     * {@code error} says so on both sides, and the peer's Blob ends in an error.
     */
    public void abort(Throwable reason) {
        if (isOver.compareAndSet(false, true)) {
            blob.fail(reason);
        }
    }
}
