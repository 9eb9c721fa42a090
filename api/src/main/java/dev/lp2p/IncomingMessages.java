package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataEncoding;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages of one channel between the loop and the program. Beyond a window of payload that waits, the channel is not
 * read, and read again once half of it is gone, so that a slow program stops the far sender.
 */
final class IncomingMessages {

    /** What a message weighs beside its payload: a peer that sends empty ones fills the window as well. */
    static final int MESSAGE_OVERHEAD_BYTES = 128;

    private final Executor loop;
    private final long window;
    private final Queue<Message> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();

    // The loop's.
    private @Nullable DataChannel channel;

    IncomingMessages(Executor loop, long window) {
        this.loop = loop;
        this.window = window;
    }

    /** Where messages come from; on the loop. */
    void attach(DataChannel channel) {
        this.channel = channel;
    }

    /** Takes over the reference to the payload; on the loop. */
    void add(DataEncoding encoding, ByteBuf payload) {
        long bytes = waitingBytes.addAndGet(weight(payload));
        waiting.add(new Message(encoding, payload));
        if (bytes > window && paused.compareAndSet(false, true)) {
            updateReading();
            // What was delivered since may have been the last to resume.
            resumeIfLow();
        }
    }

    /** Gives one message to the program, which waits for as long as that takes; returns false if there is none. */
    boolean deliverTo(Consumer<MessageData> listener) {
        Message message = waiting.poll();
        if (message == null) {
            return false;
        }
        long bytes = weight(message.payload);
        MessageData data = read(message);
        try {
            EventQueue.call(() -> listener.accept(data));
        } finally {
            delivered(bytes);
        }
        return true;
    }

    /** Releases everything that waits. */
    void discard() {
        for (Message message = waiting.poll(); message != null; message = waiting.poll()) {
            long bytes = weight(message.payload);
            message.payload.release();
            delivered(bytes);
        }
    }

    private void delivered(long bytes) {
        waitingBytes.addAndGet(-bytes);
        resumeIfLow();
    }

    private void resumeIfLow() {
        if (waitingBytes.get() <= window / 2 && paused.compareAndSet(true, false)) {
            loop.execute(this::updateReading);
        }
    }

    private void updateReading() {
        if (channel != null) {
            channel.setReading(!paused.get());
        }
    }

    private static long weight(ByteBuf payload) {
        return MESSAGE_OVERHEAD_BYTES + (long) payload.readableBytes();
    }

    /** Copies, on the program's thread, since the program may keep the message. */
    private static MessageData read(Message message) {
        ByteBuf payload = message.payload;
        try {
            if (message.encoding == DataEncoding.STRING) {
                return new MessageData.Text(payload.toString(StandardCharsets.UTF_8));
            }
            ByteBuffer copy = ByteBuffer.allocate(payload.readableBytes());
            payload.readBytes(copy);
            return new MessageData.Binary(copy.flip());
        } finally {
            payload.release();
        }
    }

    private record Message(DataEncoding encoding, ByteBuf payload) {}
}
