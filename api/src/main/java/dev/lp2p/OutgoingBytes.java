package dev.lp2p;

import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The sending direction of a stream: takes bytes from any thread to the loop, which is woken once however many writes come
 * before it does, and holds writers back while the transport has not taken a window of them.
 */
final class OutgoingBytes implements WebTransportSendStream {

    /** What waits for the transport before writes wait. */
    static final long STREAM_BYTES = 512L << 10;

    /** What may wait in all, for a program that does not wait for its writes. */
    static final long MAX_BUFFERED_BYTES = 16L << 20;

    private final Executor loop;
    private final TransportTraffic traffic;
    private final EventQueue events;
    private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();

    private final Object lock = new Object();
    // The lock's.
    private final Deque<ByteBuf> added = new ArrayDeque<>();
    private final Deque<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private long written;
    private long taken;
    private @Nullable CompletableFuture<Void> closing;
    private boolean isClosed;
    private @Nullable LP2PException error;

    // The loop's.
    private @Nullable TransportStream stream;
    private long handedOver;

    OutgoingBytes(ConnectionContext context, TransportTraffic traffic) {
        this.traffic = traffic;
        this.loop = context::post;
        this.events = new EventQueue(context.listeners(), this::deliver);
    }

    /** Where the bytes go; on the loop. */
    void attach(TransportStream attached) {
        stream = attached;
        flush();
    }

    @Override
    public CompletableFuture<Void> write(ByteBuffer data) {
        int bytes = data.remaining();
        ByteBuf copy = PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writeBytes(data.duplicate());
        CompletableFuture<Void> result = new CompletableFuture<>();
        boolean hasRoom;
        synchronized (lock) {
            LP2PException refusal = refusal();
            if (refusal != null) {
                copy.release();
                return CompletableFuture.failedFuture(refusal);
            }
            added.add(copy);
            written += bytes;
            hasRoom = written - taken <= STREAM_BYTES;
            if (!hasRoom) {
                waiting.add(result);
            }
        }
        if (hasRoom) {
            result.complete(null);
        }
        wakeLoop();
        return result;
    }

    @Override
    public CompletableFuture<Void> close() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        synchronized (lock) {
            LP2PException refusal = error != null || closing != null ? refusal() : null;
            if (refusal != null) {
                return CompletableFuture.failedFuture(refusal);
            }
            closing = result;
        }
        wakeLoop();
        return result.copy();
    }

    @Override
    public void abort(long errorCode) {
        ErrorCodes.check(errorCode);
        fail(new LP2PException(LP2PException.Name.INVALID_STATE_ERROR, "The stream was aborted here; make a new one"));
        loop.execute(() -> {
            if (stream != null) {
                stream.resetSending(errorCode);
            }
        });
    }

    @Override
    public OutputStream outputStream() {
        return new SendStreamOutput(this);
    }

    @Override
    public CompletableFuture<WebTransportSendStreamStats> getStats() {
        synchronized (lock) {
            return CompletableFuture.completedFuture(new WebTransportSendStreamStats(written, taken));
        }
    }

    /** Ends the stream for the program, unless all of it has left. */
    void fail(LP2PException failure) {
        synchronized (lock) {
            if (isClosed || error != null) {
                return;
            }
            error = failure;
            added.forEach(ByteBuf::release);
            added.clear();
            waiting.forEach(write -> due.add(() -> write.completeExceptionally(failure)));
            waiting.clear();
            CompletableFuture<Void> close = closing;
            if (close != null) {
                due.add(() -> close.completeExceptionally(failure));
            }
        }
        wake();
    }

    /** The transport took some; on the loop. */
    void settle() {
        TransportStream to = stream;
        if (to == null) {
            return;
        }
        synchronized (lock) {
            long before = taken;
            taken = handedOver - to.pendingBytes();
            traffic.sent(taken - before);
            if (error != null) {
                return;
            }
            long buffered = written - taken;
            if (buffered <= STREAM_BYTES / 2) {
                waiting.forEach(write -> due.add(() -> write.complete(null)));
                waiting.clear();
            }
            CompletableFuture<Void> close = closing;
            if (buffered == 0 && close != null && !isClosed) {
                isClosed = true;
                due.add(() -> close.complete(null));
            }
        }
        wake();
    }

    private void wakeLoop() {
        if (flushIsDue.compareAndSet(false, true)) {
            loop.execute(this::flush);
        }
    }

    private void flush() {
        TransportStream to = stream;
        flushIsDue.set(false);
        if (to == null) {
            return;
        }
        for (ByteBuf next = poll(); next != null; next = poll()) {
            handedOver += next.readableBytes();
            to.write(next);
        }
        boolean isLast;
        synchronized (lock) {
            isLast = closing != null && error == null && added.isEmpty();
        }
        if (isLast) {
            to.finish();
        }
        settle();
    }

    private @Nullable ByteBuf poll() {
        synchronized (lock) {
            return added.poll();
        }
    }

    private void wake() {
        if (!due.isEmpty() && !events.wake()) {
            // The manager is closed, and its threads with it.
            deliver();
        }
    }

    private void deliver() {
        for (Runnable next = due.poll(); next != null; next = due.poll()) {
            next.run();
        }
    }

    private @Nullable LP2PException refusal() {
        if (error != null) {
            return error;
        }
        if (closing != null) {
            return new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR, "The stream was closed here; make a new one");
        }
        if (written - taken > MAX_BUFFERED_BYTES) {
            return new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    "The peer is slower than this program: " + (written - taken)
                            + " bytes wait to be sent. Wait for each write before the next");
        }
        return null;
    }
}
