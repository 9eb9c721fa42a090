package dev.lp2p;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A Blob between three threads: the loop adds what comes, the queue of events hands it to a subscriber, or a thread of the
 * program reads the stream.
 */
final class IncomingBlob implements MessageData.Blob {

    private final OptionalLong size;
    private final LongConsumer onTaken;
    private final Runnable onProgress;
    private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
    private final AtomicReference<Use> use = new AtomicReference<>(Use.NONE_YET);
    private final AtomicLong demand = new AtomicLong();
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

    /** The queue of events': the chunk of which the subscriber has got a part. */
    private Part.@Nullable Chunk served;

    /**
     * @param onTaken called on any thread with the weight of what no longer waits here
     * @param onProgress called on any thread when the subscriber can be served, or nothing more will be read
     */
    IncomingBlob(OptionalLong size, LongConsumer onTaken, Runnable onProgress) {
        this.size = size;
        this.onTaken = onTaken;
        this.onProgress = onProgress;
    }

    static long weight(ByteBuf chunk) {
        return IncomingMessages.MESSAGE_OVERHEAD_BYTES + (long) chunk.readableBytes();
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    @Override
    public InputStream stream() {
        use();
        return new BlobInputStream(this);
    }

    @Override
    public long writeTo(Path file) throws IOException {
        try (InputStream in = stream()) {
            // Opened apart from what follows, so that a file which was there already stays.
            var out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (out) {
                return in.transferTo(out);
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> newSubscriber) {
        use();
        newSubscriber.onSubscribe(new Subscription());
        subscriber = newSubscriber;
        onProgress.run();
    }

    // The loop's.

    /** Takes over the reference. */
    void addChunk(ByteBuf chunk) {
        add(new Part.Chunk(chunk, weight(chunk)));
    }

    void addEnd() {
        add(new Part.End());
    }

    /** What comes last if the end does not. */
    void addFailure(LP2PException failure) {
        add(new Part.Failure(failure));
    }

    private void add(Part part) {
        parts.add(part);
        if (isOver()) {
            releaseParts();
        }
    }

    // The readers'.

    /** Waits for the next part. */
    Part take() throws InterruptedException {
        return parts.take();
    }

    /** No longer waits here. */
    void taken(Part.Chunk chunk) {
        chunk.bytes().release();
        onTaken.accept(chunk.weight());
    }

    /** Nothing more will be read: the reader saw the end, or does not want it. */
    void over() {
        if (use.getAndSet(Use.OVER) != Use.OVER) {
            releaseParts();
            onProgress.run();
        }
    }

    // The queue of events'.

    /** The listener returned, or there is none. */
    void discardUnlessUsed() {
        if (use.compareAndSet(Use.NONE_YET, Use.OVER)) {
            releaseParts();
        }
    }

    /** Whoever still reads gets this next. */
    void fail(LP2PException failure) {
        releaseParts();
        addFailure(failure);
    }

    /** Hands a subscriber what it asked for; returns whether all is over. */
    boolean advance() {
        Flow.Subscriber<? super ByteBuffer> current = subscriber;
        while (current != null && !isOver() && isDue()) {
            Part next = served == null ? parts.poll() : served;
            if (next != null) {
                serve(current, next);
            }
        }
        if (isOver() && served != null) {
            taken(served);
            served = null;
        }
        return isOver();
    }

    private boolean isDue() {
        Part next = served == null ? parts.peek() : served;
        return next != null && (demand.get() > 0 || !(next instanceof Part.Chunk));
    }

    private void serve(Flow.Subscriber<? super ByteBuffer> to, Part next) {
        if (next instanceof Part.Chunk chunk) {
            demand.decrementAndGet();
            ByteBuffer copy = ByteBuffer.allocate(Math.min(chunk.bytes().readableBytes(), MAX_CHUNK_BYTES));
            chunk.bytes().readBytes(copy);
            served = chunk;
            if (!chunk.bytes().isReadable()) {
                served = null;
                taken(chunk);
            }
            call(() -> to.onNext(copy.flip()));
        } else {
            over();
            call(next instanceof Part.Failure failure ? () -> to.onError(failure.reason()) : to::onComplete);
        }
    }

    /** A subscriber that fails has cancelled. */
    private void call(Runnable signal) {
        try {
            signal.run();
        } catch (Throwable e) {
            EventQueue.logFailure(e);
            over();
        }
    }

    private void use() {
        if (!use.compareAndSet(Use.NONE_YET, Use.IN_USE)) {
            throw new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR,
                    "The Blob was read before, or discarded when the listener returned; read it once, and begin in the"
                            + " listener");
        }
    }

    private boolean isOver() {
        return use.get() == Use.OVER;
    }

    private void releaseParts() {
        for (Part part = parts.poll(); part != null; part = parts.poll()) {
            if (part instanceof Part.Chunk chunk) {
                taken(chunk);
            }
        }
    }

    private enum Use {
        NONE_YET,
        IN_USE,
        OVER
    }

    /** What comes of a Blob. */
    sealed interface Part {

        /** The next bytes, and what they weighed when they came. */
        record Chunk(ByteBuf bytes, long weight) implements Part {}

        /** The Blob is whole. */
        record End() implements Part {}

        /** The Blob was cut. */
        record Failure(LP2PException reason) implements Part {}
    }

    private final class Subscription implements Flow.Subscription {

        @Override
        public void request(long n) {
            if (n <= 0) {
                fail(new LP2PException(LP2PException.Name.TYPE_ERROR, "A request is for 1 buffer or more, not " + n));
            } else {
                demand.accumulateAndGet(n, (before, more) -> before + more < 0 ? Long.MAX_VALUE : before + more);
            }
            onProgress.run();
        }

        @Override
        public void cancel() {
            over();
        }
    }
}
