package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of one channel from any thread to the loop, and counts the payload that the transport has not taken.
 * However many frames are added before the loop comes to them, it is woken once. What was added behind a Blob waits until
 * all of that was read.
 */
final class OutgoingFrames {

    private static final ByteBufAllocator ALLOCATOR = PooledByteBufAllocator.DEFAULT;

    private final Executor loop;
    private final Executor callbacks;
    private final ConnectionTraffic traffic;
    private final Runnable onLow;
    private final Consumer<Throwable> onBlobFailed;
    private final Queue<Outgoing> added = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();
    private final AtomicLong bufferedAmount = new AtomicLong();

    /** What of the buffered amount is held here; the rest are Blobs that are still where they come from. */
    private final AtomicLong heldMessages = new AtomicLong();

    private final AtomicLong unsentMessages = new AtomicLong();
    private volatile long lowThreshold;

    // The loop's.
    private final ArrayDeque<Frame> sent = new ArrayDeque<>();
    private @Nullable DataChannel channel;
    private @Nullable BlobChunks blob;
    private @Nullable Runnable afterAll;
    private boolean stopped;
    private boolean ended;
    private long sentBytes;
    private long headStart;
    private long creditedOfHead;

    /**
     * @param callbacks where Blobs are read
     * @param onLow called on the loop when the buffered amount fell to the threshold
     * @param onBlobFailed called on the loop; a frame has begun that cannot be finished
     */
    OutgoingFrames(
            Executor loop,
            Executor callbacks,
            ConnectionTraffic traffic,
            Runnable onLow,
            Consumer<Throwable> onBlobFailed) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.traffic = traffic;
        this.onLow = onLow;
        this.onBlobFailed = onBlobFailed;
    }

    long bufferedAmount() {
        return bufferedAmount.get();
    }

    long unsentMessages() {
        return unsentMessages.get();
    }

    long lowThreshold() {
        return lowThreshold;
    }

    void setLowThreshold(long bytes) {
        lowThreshold = bytes;
    }

    /** Counts payload that is about to be added, unless that makes more than {@code limit} held here. */
    boolean reserve(long payloadBytes, long limit) {
        if (heldMessages.addAndGet(payloadBytes) > limit) {
            heldMessages.addAndGet(-payloadBytes);
            return false;
        }
        bufferedAmount.addAndGet(payloadBytes);
        return true;
    }

    /** Adds a frame whose payload was reserved, and takes over its reference. */
    void add(ByteBuf frame, int payloadBytes) {
        unsentMessages.incrementAndGet();
        added.add(new Frame(frame, frame.readableBytes(), payloadBytes, null));
        scheduleFlush();
    }

    /** Adds a Blob; the buffered amount grows by its size at once, or if that is not known, as it is read. */
    void add(LP2PBlob source) {
        OptionalLong size = source.size();
        bufferedAmount.addAndGet(size.orElse(0));
        added.add(new OutgoingBlob(source, size, ALLOCATOR, callbacks, new OutgoingBlob.Progress() {
            @Override
            public void onRead(int bytes) {
                if (size.isEmpty()) {
                    bufferedAmount.addAndGet(bytes);
                }
            }

            @Override
            public void onReady() {
                scheduleFlush();
            }
        }));
        scheduleFlush();
    }

    /** Adds a Blob that is yet to be written. */
    WrittenBlob addBlob() {
        WrittenBlob blob = new WrittenBlob(ALLOCATOR, bytes -> heldMessages.addAndGet(-bytes), this::scheduleFlush);
        added.add(blob);
        scheduleFlush();
        return blob;
    }

    private void scheduleFlush() {
        if (flushIsDue.compareAndSet(false, true)) {
            loop.execute(this::flush);
        }
    }

    // The loop's.

    /** Where frames go. */
    void attach(DataChannel channel) {
        this.channel = channel;
        flush();
    }

    /** Hands what was added to the transport. */
    void flush() {
        flushIsDue.set(false);
        DataChannel to = channel;
        if (ended || stopped) {
            discard();
            return;
        }
        if (to == null) {
            return;
        }
        while (!ended && !isInBlob(to) && !added.isEmpty()) {
            send(to, added.remove());
        }
        settle();
        Runnable last = afterAll;
        if (last != null && !isSendingBlob()) {
            afterAll = null;
            last.run();
        }
    }

    /** Whether a Blob was added that has not all been handed over. */
    boolean isSendingBlob() {
        return blob != null || !added.isEmpty();
    }

    /** Runs {@code last} when everything that was added has been handed over. */
    void finish(Runnable last) {
        afterAll = last;
        flush();
    }

    private void send(DataChannel to, Outgoing next) {
        if (next instanceof Frame frame) {
            hand(to, frame);
        } else if (next instanceof BlobChunks begun) {
            blob = begun;
            hand(to, DataFrame.encodeBlobStart(ALLOCATOR), 0, begun);
            begun.start();
        }
    }

    /** Sends what was read of the current Blob; returns whether there is more to come. */
    private boolean isInBlob(DataChannel to) {
        BlobChunks current = blob;
        if (current == null) {
            return false;
        }
        // Asked first: what was read before it failed or ended is in the queue then.
        Throwable failure = current.failure();
        for (ByteBuf chunk = current.next(); chunk != null; chunk = current.next()) {
            hand(to, chunk, chunk.readableBytes() - DataFrame.CHUNK_HEAD_BYTES, current);
        }
        if (failure != null) {
            onBlobFailed.accept(failure);
            return true;
        }
        if (!current.isWhole()) {
            return true;
        }
        hand(to, DataFrame.encodeBlobEnd(ALLOCATOR), 0, current);
        blob = null;
        return false;
    }

    private void hand(DataChannel to, ByteBuf bytes, int payloadBytes, BlobChunks of) {
        hand(to, new Frame(bytes, bytes.readableBytes(), payloadBytes, of));
    }

    private void hand(DataChannel to, Frame frame) {
        sentBytes += frame.frameBytes;
        sent.add(frame);
        to.send(frame.bytes);
    }

    /** Takes what the transport took meanwhile off the buffered amount. */
    void settle() {
        if (channel == null || ended) {
            return;
        }
        long taken = sentBytes - channel.pendingBytes();
        for (Frame head = sent.peek(); head != null; head = sent.peek()) {
            long takenOfHead = Math.min(taken - headStart, head.frameBytes);
            // The payload is the frame's end.
            long payloadTaken = Math.max(0, takenOfHead - (head.frameBytes - head.payloadBytes));
            credit(head, payloadTaken - creditedOfHead);
            creditedOfHead = payloadTaken;
            if (takenOfHead < head.frameBytes) {
                return;
            }
            headStart += head.frameBytes;
            creditedOfHead = 0;
            sent.remove();
            if (head.blob == null) {
                unsentMessages.decrementAndGet();
            }
        }
    }

    /** The transport takes nothing more; what is added from now on stays in the buffered amount. */
    void stop() {
        stopped = true;
    }

    /** The channel is gone; what was not sent is released, and stays in the buffered amount as WebRTC has it. */
    void end() {
        ended = true;
        sent.clear();
        discard();
    }

    private void discard() {
        if (blob != null) {
            blob.cancel();
            blob = null;
        }
        for (Outgoing next = added.poll(); next != null; next = added.poll()) {
            if (next instanceof Frame frame) {
                frame.bytes.release();
            } else if (next instanceof BlobChunks unsent) {
                unsent.cancel();
            }
        }
    }

    private void credit(Frame frame, long payloadBytes) {
        if (payloadBytes <= 0) {
            return;
        }
        traffic.sent(payloadBytes);
        if (frame.blob == null) {
            heldMessages.addAndGet(-payloadBytes);
        } else {
            frame.blob.taken(payloadBytes);
        }
        long before = bufferedAmount.getAndAdd(-payloadBytes);
        if (before > lowThreshold && before - payloadBytes <= lowThreshold) {
            onLow.run();
        }
    }

    /** What one call of {@code send} added. */
    sealed interface Outgoing permits Frame, BlobChunks {}

    /** Bytes for the transport, the end of which are payload; {@code blob} is what they are of, if of one. */
    private record Frame(
            ByteBuf bytes,
            int frameBytes,
            int payloadBytes,
            @Nullable BlobChunks blob) implements Outgoing {}
}
