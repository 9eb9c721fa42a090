package dev.lp2p.gateway;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.MessageData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Messages of a peer on their way to the page. Beyond a window of them the channel is paused, so that a page that does not
 * read stops the peer; of a Blob no more is asked for than a window has room for.
 */
final class ChannelToPage {

    /** Chunks of a Blob that are asked for ahead. */
    private static final int BLOB_CHUNKS = Limits.FLOW_WINDOW / MessageData.Blob.MAX_CHUNK_BYTES;

    private final PageSession session;
    private final LP2PDataChannel channel;
    private final OutgoingFlow flow;
    private final AtomicLong held = new AtomicLong();
    private final AtomicBoolean paused = new AtomicBoolean();
    private volatile @Nullable BlobReader blob;
    private volatile boolean isOver;

    ChannelToPage(PageSession session, LP2PDataChannel channel, OutgoingFlow flow) {
        this.session = session;
        this.channel = channel;
        this.flow = flow;
    }

    /** On the callback executor. */
    void accept(MessageData message) {
        if (isOver) {
            return;
        }
        if (message instanceof MessageData.Text text) {
            add(
                    FrameKind.TEXT_PART,
                    FrameKind.TEXT,
                    ByteBuffer.wrap(text.value().getBytes(StandardCharsets.UTF_8)));
        } else if (message instanceof MessageData.Binary binary) {
            add(FrameKind.BINARY_PART, FrameKind.BINARY, binary.value());
        } else if (message instanceof MessageData.Blob begun) {
            BlobReader reader = new BlobReader();
            blob = reader;
            begun.subscribe(reader);
        }
    }

    /** Nothing more of it until {@link #readOn}. */
    void pause() {
        channel.pause();
        paused.set(true);
    }

    /** The page takes more again. */
    void readOn() {
        resumeIfLow();
        BlobReader current = blob;
        if (current != null) {
            current.ask();
        }
    }

    /** The page wants none of it any more. */
    void drop() {
        isOver = true;
        flow.dropPayload();
        session.holdUntaken(-held.getAndSet(0));
    }

    /** The channel is gone. */
    void end() {
        drop();
        flow.end();
    }

    private void add(FrameKind part, FrameKind last, ByteBuffer payload) {
        long now = hold(payload);
        session.run(() -> send(part, last, payload, this::left));
        if (now > Limits.FLOW_WINDOW) {
            pause();
            // What left since may have been the last to resume.
            resumeIfLow();
        }
    }

    private long hold(ByteBuffer payload) {
        long bytes = (long) Limits.MESSAGE_OVERHEAD_BYTES + payload.remaining();
        long now = held.addAndGet(bytes);
        session.holdUntaken(bytes);
        return now;
    }

    private void send(FrameKind part, FrameKind last, ByteBuffer payload, OutgoingFlow.OnLeft onLeft) {
        if (!isOver) {
            flow.add(part, last, payload, onLeft);
        }
    }

    private void left(int bytes, boolean isLast) {
        long weight = (long) bytes + (isLast ? Limits.MESSAGE_OVERHEAD_BYTES : 0);
        held.addAndGet(-weight);
        session.holdUntaken(-weight);
        resumeIfLow();
    }

    private void resumeIfLow() {
        if (!session.isFull() && held.get() <= Limits.FLOW_WINDOW / 2 && paused.compareAndSet(true, false)) {
            channel.resume();
        }
    }

    /** Asks for the next chunk as one leaves. */
    private final class BlobReader implements Flow.Subscriber<ByteBuffer> {

        private final AtomicInteger owed = new AtomicInteger(BLOB_CHUNKS);
        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            ask();
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            if (isOver) {
                cancel();
                return;
            }
            hold(chunk);
            session.run(
                    () -> send(FrameKind.BLOB_PART, FrameKind.BLOB_PART, chunk, (bytes, isLast) -> {
                        left(bytes, isLast);
                        if (isLast) {
                            owed.incrementAndGet();
                            ask();
                        }
                    }),
                    this::cancel);
        }

        @Override
        public void onComplete() {
            session.run(() -> send(FrameKind.BLOB, FrameKind.BLOB, ByteBuffer.allocate(0), (bytes, isLast) -> {}));
        }

        @Override
        public void onError(Throwable failure) {
            // The channel ends, and says so.
        }

        /** For as much as has left, unless the page is behind with everything. */
        void ask() {
            Flow.Subscription from = subscription;
            if (from != null && !session.isFull()) {
                int now = owed.getAndSet(0);
                if (now > 0) {
                    from.request(now);
                }
            }
        }

        private void cancel() {
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
