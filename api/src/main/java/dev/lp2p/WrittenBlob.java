package dev.lp2p;

import dev.lp2p.osp.datachannel.DataFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** A Blob that a program writes, on any thread; what it wrote waits here until its turn comes. */
final class WrittenBlob implements BlobChunks {

    private final ByteBufAllocator allocator;
    private final LongConsumer onTaken;
    private final Runnable onReady;
    private final Queue<ByteBuf> chunks = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;

    /**
     * @param onTaken called on the loop with what the transport took
     * @param onReady called on any thread when there is a chunk to send, or the Blob ended or failed
     */
    WrittenBlob(ByteBufAllocator allocator, LongConsumer onTaken, Runnable onReady) {
        this.allocator = allocator;
        this.onTaken = onTaken;
        this.onReady = onReady;
    }

    // Any thread's.

    /** Copies what is written. */
    void write(ByteBuffer data) {
        while (data.hasRemaining()) {
            int bytes = Math.min(data.remaining(), OutgoingBlob.CHUNK_BYTES);
            ByteBuf chunk = allocator
                    .directBuffer(DataFrame.CHUNK_HEAD_BYTES + bytes)
                    .writeZero(DataFrame.CHUNK_HEAD_BYTES)
                    .writeBytes(data.slice().limit(bytes));
            data.position(data.position() + bytes);
            DataFrame.setChunkHead(chunk);
            chunks.add(chunk);
        }
        if (cancelled) {
            releaseChunks();
        }
        onReady.run();
    }

    void end() {
        ended = true;
        onReady.run();
    }

    void fail(Throwable reason) {
        failure = reason;
        onReady.run();
    }

    // The loop's.

    @Override
    public void start() {}

    @Override
    public @Nullable ByteBuf next() {
        return chunks.poll();
    }

    @Override
    public boolean isWhole() {
        return ended && chunks.isEmpty();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public void taken(long bytes) {
        onTaken.accept(bytes);
    }

    @Override
    public void cancel() {
        cancelled = true;
        releaseChunks();
    }

    private void releaseChunks() {
        for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            chunk.release();
        }
    }
}
