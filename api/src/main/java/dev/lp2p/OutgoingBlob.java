package dev.lp2p;

import dev.lp2p.osp.datachannel.DataFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A Blob on its way out: read on the program's threads, a window ahead of the transport. */
final class OutgoingBlob implements BlobChunks {

    /** What is read of a Blob and not yet taken by the transport, at most, and a chunk more. */
    static final int READ_AHEAD_BYTES = 256 * 1024;

    /** A chunk and its head are what the transport sends at once. */
    static final int CHUNK_BYTES = 64 * 1024 - DataFrame.CHUNK_HEAD_BYTES;

    private final LP2PBlob source;
    private final OptionalLong size;
    private final ByteBufAllocator allocator;
    private final EventQueue reader;
    private final Progress progress;
    private final Queue<ByteBuf> chunks = new ConcurrentLinkedQueue<>();
    private final AtomicLong ahead = new AtomicLong();
    private volatile boolean ended;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;

    // The reader's.
    private @Nullable ReadableByteChannel open;
    private long bytesRead;

    OutgoingBlob(
            LP2PBlob source, OptionalLong size, ByteBufAllocator allocator, Executor callbacks, Progress progress) {
        this.source = source;
        this.size = size;
        this.allocator = allocator;
        this.reader = new EventQueue(callbacks, this::readAhead);
        this.progress = progress;
    }

    // The loop's.

    @Override
    public void start() {
        wake();
    }

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
        if (ahead.addAndGet(-bytes) <= READ_AHEAD_BYTES / 2 && !ended) {
            wake();
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        releaseChunks();
        wake();
    }

    private void wake() {
        if (!reader.wake() && !cancelled) {
            failure = new IOException("The manager is closed");
            progress.onReady();
        }
    }

    // The reader's.

    private void readAhead() {
        try {
            while (!ended && failure == null && !cancelled && ahead.get() < READ_AHEAD_BYTES) {
                readChunk();
            }
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            progress.onReady();
        }
        if (ended || failure != null || cancelled) {
            close();
        }
    }

    private void readChunk() throws IOException {
        ReadableByteChannel from = open;
        if (from == null) {
            from = source.open();
            open = from;
        }
        ByteBuf chunk = allocator.directBuffer(DataFrame.CHUNK_HEAD_BYTES + CHUNK_BYTES);
        boolean kept = false;
        try {
            boolean last = fill(from, chunk.nioBuffer(DataFrame.CHUNK_HEAD_BYTES, CHUNK_BYTES), chunk);
            int bytes = chunk.readableBytes() - DataFrame.CHUNK_HEAD_BYTES;
            bytesRead += bytes;
            checkSize(last);
            if (bytes > 0) {
                DataFrame.setChunkHead(chunk);
                ahead.addAndGet(bytes);
                progress.onRead(bytes);
                chunks.add(chunk);
                kept = true;
            }
            ended = last;
            if (cancelled) {
                releaseChunks();
            }
            progress.onReady();
        } finally {
            if (!kept) {
                chunk.release();
            }
        }
    }

    /** Reads until the chunk is full, so that what is read ahead is what it weighs; returns whether the source ended. */
    private static boolean fill(ReadableByteChannel from, ByteBuffer room, ByteBuf chunk) throws IOException {
        int before = room.position();
        int read = 0;
        while (room.hasRemaining() && read >= 0) {
            read = from.read(room);
            if (read == 0) {
                throw new IOException("The source of a Blob has to wait for its bytes, and this one returned none");
            }
        }
        chunk.writerIndex(DataFrame.CHUNK_HEAD_BYTES + room.position() - before);
        return read < 0;
    }

    private void checkSize(boolean last) throws IOException {
        if (size.isPresent() && (bytesRead > size.getAsLong() || (last && bytesRead < size.getAsLong()))) {
            throw new IOException("The source of a Blob was to have " + size.getAsLong() + " bytes and has "
                    + (last ? "" : "more than ") + bytesRead);
        }
    }

    private void close() {
        ReadableByteChannel opened = open;
        open = null;
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException | RuntimeException e) {
            EventQueue.logFailure(e);
        }
    }

    private void releaseChunks() {
        for (ByteBuf chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            chunk.release();
        }
    }

    /** Hears, on any thread, how the reading goes. */
    interface Progress {

        /** So many bytes are about to be handed over. */
        void onRead(int bytes);

        /** There is a chunk to send, or the Blob ended or failed. */
        void onReady();
    }
}
