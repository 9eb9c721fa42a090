package dev.lp2p.gateway;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.MessageData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
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

    ChannelToPage(PageSession session, LP2PDataChannel channel, OutgoingFlow flow) {
        this.session = session;
        this.channel = channel;
        this.flow = flow;
    }

    /** On the callback executor. */
    void accept(MessageData message) {
        if (message instanceof MessageData.Text text) {
            add(
                    FrameKind.TEXT_PART,
                    FrameKind.TEXT,
                    ByteBuffer.wrap(text.value().getBytes(StandardCharsets.UTF_8)));
        } else if (message instanceof MessageData.Binary binary) {
            add(FrameKind.BINARY_PART, FrameKind.BINARY, binary.value());
        } else if (message instanceof MessageData.Blob blob) {
            blob.subscribe(new BlobReader());
        }
    }

    private void add(FrameKind part, FrameKind last, ByteBuffer payload) {
        long now = held.addAndGet(Limits.MESSAGE_OVERHEAD_BYTES + payload.remaining());
        session.run(() -> flow.add(part, last, payload, this::left));
        if (now > Limits.FLOW_WINDOW) {
            channel.pause();
            paused.set(true);
            // What left since may have been the last to resume.
            resumeIfLow();
        }
    }

    private void left(int bytes, boolean isLast) {
        held.addAndGet(-(bytes + (isLast ? Limits.MESSAGE_OVERHEAD_BYTES : 0)));
        resumeIfLow();
    }

    private void resumeIfLow() {
        if (held.get() <= Limits.FLOW_WINDOW / 2 && paused.compareAndSet(true, false)) {
            channel.resume();
        }
    }

    /** Asks for the next chunk as one leaves. */
    private final class BlobReader implements Flow.Subscriber<ByteBuffer> {

        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            given.request(BLOB_CHUNKS);
        }

        @Override
        public void onNext(ByteBuffer chunk) {
            session.run(
                    () -> flow.add(FrameKind.BLOB_PART, FrameKind.BLOB_PART, chunk, (bytes, isLast) -> {
                        if (isLast) {
                            more();
                        }
                    }),
                    this::cancel);
        }

        @Override
        public void onComplete() {
            session.run(() -> flow.add(FrameKind.BLOB, FrameKind.BLOB, ByteBuffer.allocate(0), (bytes, isLast) -> {}));
        }

        @Override
        public void onError(Throwable failure) {
            // The channel ends, and says so.
        }

        private void more() {
            if (subscription != null) {
                subscription.request(1);
            }
        }

        private void cancel() {
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
