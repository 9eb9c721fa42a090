package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one channel between the loop and the program. Beyond a window of payload that waits, the channel is not
 * read, and read again once half of it is gone, so that a slow program stops the far sender. What follows a Blob waits
 * until that was read or discarded.
 */
final class IncomingMessages {

    /** What a message, or a chunk of a Blob, weighs beside its payload: a peer that sends empty ones fills the window too. */
    static final int MESSAGE_OVERHEAD_BYTES = 128;

    private final Executor loop;
    private final ChannelsWindow window;
    private final Runnable onBlobProgress;
    private final Queue<Arrival> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();

    /** The Blob that the program has; the queue of events'. */
    private volatile @Nullable IncomingBlob delivered;

    // The loop's.
    private @Nullable DataChannel channel;
    private @Nullable IncomingBlob arriving;

    /** @param onBlobProgress called on any thread when {@link #deliverTo} may have something to do */
    IncomingMessages(Executor loop, ChannelsWindow window, Runnable onBlobProgress) {
        this.loop = loop;
        this.window = window;
        this.onBlobProgress = onBlobProgress;
    }

    // The loop's.

    /** Where messages come from. */
    void attach(DataChannel channel) {
        this.channel = channel;
    }

    /** Takes over the reference to the payload. */
    void add(DataEncoding encoding, ByteBuf payload) {
        add(new Arrival.Whole(encoding, payload));
    }

    void beginBlob(OptionalLong size) {
        IncomingBlob blob = new IncomingBlob(size, this::release, onBlobProgress);
        arriving = blob;
        add(new Arrival.Blob(blob));
    }

    /** Takes over the reference to the chunk. */
    void addToBlob(ByteBuf chunk) {
        if (arriving == null) {
            throw new IllegalStateException("No Blob has begun");
        }
        hold(IncomingBlob.weight(chunk));
        arriving.addChunk(chunk);
        pauseIfFull();
    }

    void endBlob() {
        if (arriving != null) {
            arriving.addEnd();
            arriving = null;
        }
    }

    /** Nothing more will come; a Blob that has not ended never will. */
    void cut(LP2PException reason) {
        if (arriving != null) {
            arriving.addFailure(reason);
            arriving = null;
        }
    }

    private void add(Arrival arrival) {
        hold(arrival.weight());
        waiting.add(arrival);
        pauseIfFull();
    }

    private void hold(long bytes) {
        waitingBytes.addAndGet(bytes);
        window.hold(bytes);
    }

    private void pauseIfFull() {
        if (channel != null && window.isExceeded(waitingBytes.get())) {
            channel.abort();
            return;
        }
        if (waitingBytes.get() > window.ofChannel() && paused.compareAndSet(false, true)) {
            updateReading();
            // What was delivered since may have been the last to resume.
            resumeIfLow();
        }
    }

    // The queue of events'.

    /** Whether the program has a Blob that it has not finished with. */
    boolean isInBlob() {
        return delivered != null;
    }

    /** Whether there are messages that the program has not got. */
    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    /**
     * Gives one message to the program, which waits for as long as that takes, or goes on with its Blob; returns false if
     * there is nothing to do.
     */
    boolean deliverTo(Consumer<MessageData> listener) {
        IncomingBlob current = delivered;
        if (current != null) {
            if (current.advance()) {
                delivered = null;
            }
            return delivered == null;
        }
        Arrival arrival = waiting.poll();
        if (arrival == null) {
            return false;
        }
        try {
            give(arrival, listener);
        } finally {
            release(arrival.weight());
        }
        return true;
    }

    private void give(Arrival arrival, Consumer<MessageData> listener) {
        if (arrival instanceof Arrival.Whole whole) {
            MessageData data = read(whole);
            EventQueue.call(() -> listener.accept(data));
        } else if (arrival instanceof Arrival.Blob begun) {
            delivered = begun.blob();
            EventQueue.call(() -> listener.accept(begun.blob()));
            begun.blob().discardUnlessUsed();
        }
    }

    /** Releases everything that waits; the Blob that the program has fails. */
    void discard(LP2PException reason) {
        IncomingBlob current = delivered;
        if (current != null) {
            delivered = null;
            current.fail(reason);
            current.advance();
        }
        for (Arrival arrival = waiting.poll(); arrival != null; arrival = waiting.poll()) {
            arrival.discard();
            release(arrival.weight());
        }
    }

    private void release(long bytes) {
        waitingBytes.addAndGet(-bytes);
        window.release(bytes);
        resumeIfLow();
    }

    private void resumeIfLow() {
        if (waitingBytes.get() <= window.ofChannel() / 2 && paused.compareAndSet(true, false)) {
            loop.execute(this::updateReading);
        }
    }

    private void updateReading() {
        if (channel != null) {
            channel.setReading(!paused.get());
        }
    }

    /** Copies, on the program's thread, since the program may keep the message. */
    private static MessageData read(Arrival.Whole message) {
        ByteBuf payload = message.payload();
        try {
            if (message.encoding() == DataEncoding.STRING) {
                return new MessageData.Text(payload.toString(StandardCharsets.UTF_8));
            }
            ByteBuffer copy = ByteBuffer.allocate(payload.readableBytes());
            payload.readBytes(copy);
            return new MessageData.Binary(copy.flip());
        } finally {
            payload.release();
        }
    }

    /** A message that waits, or a Blob of which at least the start does. */
    private sealed interface Arrival {

        long weight();

        void discard();

        /** All of a message. */
        record Whole(
                DataEncoding encoding,
                ByteBuf payload,
                @Override long weight) implements Arrival {

            Whole(DataEncoding encoding, ByteBuf payload) {
                this(encoding, payload, MESSAGE_OVERHEAD_BYTES + (long) payload.readableBytes());
            }

            @Override
            public void discard() {
                payload.release();
            }
        }

        /** The start of a Blob; its chunks weigh for themselves. */
        record Blob(IncomingBlob blob) implements Arrival {

            @Override
            public long weight() {
                return MESSAGE_OVERHEAD_BYTES;
            }

            @Override
            public void discard() {
                blob.discardUnlessUsed();
            }
        }
    }
}
