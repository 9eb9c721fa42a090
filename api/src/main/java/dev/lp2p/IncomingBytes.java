package dev.lp2p;

import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The receiving direction of a stream. It reads ahead of the program up to a window, and again once half of that is gone;
 * where the transport holds too much for other streams, only while the program waits for it.
 */
final class IncomingBytes extends ReadQueue<ByteBuf, ByteBuffer> implements WebTransportReceiveStream {

    /** What a stream holds ahead of its reader. */
    static final long STREAM_BYTES = 512L << 10;

    /** What a chunk takes here besides its bytes, so that a window of tiny ones is no larger than another. */
    static final int CHUNK_OVERHEAD = 128;

    /** A chunk that fills less than this part of its buffer is copied, so as not to keep the buffer. */
    private static final int MIN_FILLED_PART = 4;

    private final Executor loop;
    private final TransportTraffic traffic;
    private final AtomicLong unread = new AtomicLong();

    /** The bytes that are unread, and what their chunks take besides. */
    private final AtomicLong held = new AtomicLong();

    private final AtomicLong received = new AtomicLong();
    private final AtomicBoolean paused;

    // The loop's.
    private @Nullable TransportStream stream;

    /** @param paused whether nothing is read before {@link #accept()} */
    IncomingBytes(ConnectionContext context, TransportTraffic traffic, boolean paused) {
        super(context.listeners());
        this.loop = context::post;
        this.traffic = traffic;
        this.paused = new AtomicBoolean(paused);
    }

    /** Where the bytes come from; on the loop. */
    void attach(TransportStream attached) {
        stream = attached;
        updateReading();
    }

    /** The program has the stream. */
    void accept() {
        resume();
    }

    /** On the loop. */
    void onData(ByteBuf data) {
        int bytes = data.readableBytes();
        received.addAndGet(bytes);
        traffic.received(bytes, CHUNK_OVERHEAD);
        unread.addAndGet(bytes);
        long nowHeld = held.addAndGet(bytes + CHUNK_OVERHEAD);
        add(fillsItsBuffer(data) ? data : onHeap(data));
        if ((nowHeld > STREAM_BYTES || traffic.isSpent()) && paused.compareAndSet(false, true)) {
            updateReading();
            // What was read since may have been the last to resume.
            resumeIfWanted();
        }
    }

    /** The last byte has come; what waits is the program's now, who may never ask for it; on the loop. */
    void onFinished() {
        replaceAll(IncomingBytes::onHeap);
        finish();
    }

    @Override
    public void cancel(long errorCode) {
        ErrorCodes.check(errorCode);
        super.cancel();
        loop.execute(() -> {
            if (stream != null) {
                stream.stopReceiving(errorCode);
            }
        });
    }

    @Override
    public void cancel() {
        cancel(0);
    }

    @Override
    public InputStream inputStream() {
        return new ReceiveStreamInput(this);
    }

    @Override
    public CompletableFuture<WebTransportReceiveStreamStats> getStats() {
        long all = received.get();
        return CompletableFuture.completedFuture(new WebTransportReceiveStreamStats(all, all - unread.get()));
    }

    /** Copies, on the reader's thread, since the program may keep it; what is on the heap was copied before. */
    @Override
    ByteBuffer give(ByteBuf item) {
        if (item.hasArray()) {
            return item.nioBuffer();
        }
        ByteBuffer copy = ByteBuffer.allocate(item.readableBytes());
        item.getBytes(item.readerIndex(), copy);
        return copy.flip();
    }

    @Override
    void given(ByteBuf item) {
        dropped(item);
        resumeIfWanted();
    }

    @Override
    void dropped(ByteBuf item) {
        int bytes = item.readableBytes();
        item.release();
        traffic.released(bytes + CHUNK_OVERHEAD);
        unread.addAndGet(-bytes);
        held.addAndGet(-(bytes + CHUNK_OVERHEAD));
    }

    @Override
    void onReadWaits() {
        resumeIfWanted();
    }

    private static boolean fillsItsBuffer(ByteBuf data) {
        ByteBuf whole = data;
        while (whole.unwrap() != null) {
            whole = whole.unwrap();
        }
        return (long) data.readableBytes() * MIN_FILLED_PART >= whole.capacity();
    }

    private static ByteBuf onHeap(ByteBuf item) {
        byte[] bytes = new byte[item.readableBytes()];
        item.readBytes(bytes);
        item.release();
        return Unpooled.wrappedBuffer(bytes);
    }

    private void resumeIfWanted() {
        boolean hasRoom = held.get() <= STREAM_BYTES / 2 && !traffic.isSpent();
        if (paused.get() && (hasRoom || hasWaitingReads())) {
            resume();
        }
    }

    private void resume() {
        if (paused.compareAndSet(true, false)) {
            loop.execute(this::updateReading);
        }
    }

    private void updateReading() {
        if (stream != null) {
            stream.setReading(!paused.get());
        }
    }
}
