package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes the frames of one channel from any thread to the loop, and counts the payload that the transport has not taken.
 * However many frames are added before the loop comes to them, it is woken once.
 */
final class OutgoingFrames {

    private final Executor loop;
    private final Runnable onLow;
    private final Queue<Frame> added = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();
    private final AtomicLong bufferedAmount = new AtomicLong();
    private volatile long lowThreshold;

    // The loop's.
    private final ArrayDeque<Frame> sent = new ArrayDeque<>();
    private @Nullable DataChannel channel;
    private boolean ended;
    private long sentBytes;
    private long headStart;
    private long creditedOfHead;

    /** @param onLow called on the loop when the buffered amount fell to the threshold */
    OutgoingFrames(Executor loop, Runnable onLow) {
        this.loop = loop;
        this.onLow = onLow;
    }

    long bufferedAmount() {
        return bufferedAmount.get();
    }

    void setLowThreshold(long bytes) {
        lowThreshold = bytes;
    }

    /** Counts payload that is about to be added, unless that makes more than {@code limit}. */
    boolean reserve(long payloadBytes, long limit) {
        long amount = bufferedAmount.addAndGet(payloadBytes);
        if (amount > limit) {
            bufferedAmount.addAndGet(-payloadBytes);
            return false;
        }
        return true;
    }

    /** Adds a frame whose payload was reserved, and takes over its reference. */
    void add(ByteBuf frame, int payloadBytes) {
        added.add(new Frame(frame, frame.readableBytes(), payloadBytes));
        if (flushIsDue.compareAndSet(false, true)) {
            loop.execute(this::flush);
        }
    }

    /** Where frames go; on the loop. */
    void attach(DataChannel channel) {
        this.channel = channel;
        flush();
    }

    /** Hands what was added to the transport; on the loop. */
    void flush() {
        flushIsDue.set(false);
        if (channel == null && !ended) {
            return;
        }
        for (Frame frame = added.poll(); frame != null; frame = added.poll()) {
            if (channel == null || ended) {
                frame.bytes.release();
                continue;
            }
            sentBytes += frame.frameBytes;
            sent.add(frame);
            channel.send(frame.bytes);
        }
        settle();
    }

    /** Takes what the transport took meanwhile off the buffered amount; on the loop. */
    void settle() {
        if (channel == null || ended) {
            return;
        }
        long taken = sentBytes - channel.pendingBytes();
        for (Frame head = sent.peek(); head != null; head = sent.peek()) {
            long takenOfHead = Math.min(taken - headStart, head.frameBytes);
            // The payload is the frame's end.
            long payloadTaken = Math.max(0, takenOfHead - (head.frameBytes - head.payloadBytes));
            credit(payloadTaken - creditedOfHead);
            creditedOfHead = payloadTaken;
            if (takenOfHead < head.frameBytes) {
                return;
            }
            headStart += head.frameBytes;
            creditedOfHead = 0;
            sent.remove();
        }
    }

    /** The channel is gone; what was not sent is released, and stays in the buffered amount as WebRTC has it; on the loop. */
    void end() {
        ended = true;
        sent.clear();
        flush();
    }

    private void credit(long payloadBytes) {
        if (payloadBytes <= 0) {
            return;
        }
        long before = bufferedAmount.getAndAdd(-payloadBytes);
        if (before > lowThreshold && before - payloadBytes <= lowThreshold) {
            onLow.run();
        }
    }

    private record Frame(ByteBuf bytes, int frameBytes, int payloadBytes) {}
}
