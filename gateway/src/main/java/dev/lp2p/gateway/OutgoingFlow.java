package dev.lp2p.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the agent has for a page on one flow: frames that leave as far as credit goes, and between them what is to happen
 * once everything before has left. Belongs to the gateway's loop.
 */
final class OutgoingFlow {

    private final FlowScheduler scheduler;
    private final long number;
    private final Deque<Item> items = new ArrayDeque<>();
    private long credit = Limits.FLOW_WINDOW;
    private boolean hasEnded;

    OutgoingFlow(FlowScheduler scheduler, long number) {
        this.scheduler = scheduler;
        this.number = number;
    }

    /**
     * Adds payload, divided into as many frames as it takes.
     *
     * @param part the kind of its frames
     * @param last the kind of its last frame
     * @param onLeft called with the bytes of each frame that left, and after the last
     */
    void add(FrameKind part, FrameKind last, ByteBuffer payload, OnLeft onLeft) {
        add(new Payload(part, last, payload, onLeft));
    }

    /** Does something once everything that was added has left, or is dropped. */
    void afterAll(Runnable task) {
        add(new Event(task));
    }

    /** Sends a frame now, or not at all. */
    boolean offer(FrameKind kind, ByteBuffer payload) {
        int bytes = payload.remaining();
        if (bytes > credit || !scheduler.offer(number, kind, payload)) {
            return false;
        }
        credit -= bytes;
        return true;
    }

    /** @throws ProtocolViolation if the page gives back more than it got */
    void grant(long bytes) {
        if (bytes > Limits.FLOW_WINDOW - credit) {
            throw ProtocolViolation.badMessage("Credit for more than was sent on " + number);
        }
        credit += bytes;
        scheduler.wake(this);
    }

    /** How much the page would take now. */
    long credit() {
        return credit;
    }

    /** Nothing more of it is sent, and what was to happen does not; nor does what is added later. */
    void end() {
        hasEnded = true;
        items.clear();
        scheduler.remove(this);
    }

    /** Drops what has not left; what was to happen then does. */
    void dropPayload() {
        items.removeIf(item -> item instanceof Payload);
        scheduler.wake(this);
    }

    /** Lets happen what is due; returns the bytes of the next frame, or -1 if there is none, or no credit for it. */
    int nextFrame() {
        letHappen();
        if (!(items.peek() instanceof Payload payload)) {
            return -1;
        }
        int most = (int) Math.min(Limits.FRAME_BYTES, credit);
        if (most == 0 && payload.bytes.hasRemaining()) {
            return -1;
        }
        return Math.min(most, payload.isShared() ? sharedBytes(payload.part, most) : payload.bytes.remaining());
    }

    /**
     * Sends the next frame. What is to happen after it does at once: the page knows of it then, and its next message may be
     * about that, however long others wait for credit.
     */
    void sendFrame(PageLink to, int bytes) {
        Payload first = (Payload) items.element();
        ByteBuf frame = to.newFrame(first.bytes.remaining() <= bytes ? first.last : first.part, number, bytes);
        credit -= bytes;
        int left = bytes;
        do {
            left -= move(frame, left);
        } while (left > 0);
        to.sendFrame(frame);
        letHappen();
    }

    private void letHappen() {
        while (items.peek() instanceof Event event) {
            items.remove();
            event.task.run();
        }
    }

    private int move(ByteBuf frame, int most) {
        Payload payload = (Payload) items.element();
        int bytes = Math.min(most, payload.bytes.remaining());
        frame.writeBytes(payload.bytes.slice().limit(bytes));
        payload.bytes.position(payload.bytes.position() + bytes);
        boolean isLast = !payload.bytes.hasRemaining();
        if (isLast) {
            items.remove();
        }
        payload.onLeft.left(bytes, isLast);
        return bytes;
    }

    /** What one frame may have of the next payloads; looks at no more of them than make {@code most} bytes. */
    private int sharedBytes(FrameKind kind, int most) {
        int bytes = 0;
        for (Item item : items) {
            if (bytes >= most || !(item instanceof Payload payload) || payload.part != kind || !payload.isShared()) {
                break;
            }
            bytes += payload.bytes.remaining();
        }
        return bytes;
    }

    private void add(Item item) {
        if (!hasEnded) {
            items.add(item);
            scheduler.wake(this);
        }
    }

    /** Hears what left. */
    interface OnLeft {

        void left(int bytes, boolean isLast);
    }

    private sealed interface Item {}

    private record Payload(FrameKind part, FrameKind last, ByteBuffer bytes, OnLeft onLeft) implements Item {

        /** Whether it is a part of a longer row of bytes, whose borders mean nothing. */
        boolean isShared() {
            return part == FrameKind.STREAM || (part == FrameKind.BLOB_PART && last == FrameKind.BLOB_PART);
        }
    }

    private record Event(Runnable task) implements Item {}
}
