package dev.lp2p.gateway;

import dev.lp2p.LP2PException;
import dev.lp2p.WebTransportReceiveStream;
import dev.lp2p.WebTransportSendStream;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A stream of a page's transport, gone once both of its directions are over. */
final class PageStream extends Thing {

    /** A read gives this at most; less credit than that waits for more, so that nothing is read that the page would not take. */
    private static final int READ_BYTES = 16 * 1024;

    /** The largest code that the QUIC library sends. */
    private static final long MAX_CODE_TO_PEER = Integer.MAX_VALUE;

    private static final long MAX_CODE_TO_PAGE = 0xffff_ffffL;

    private final PageTransport transport;
    private final boolean isOfPage;
    private final @Nullable WebTransportReceiveStream readable;
    private final @Nullable WebTransportSendStream writable;
    private final OutgoingFlow flow;
    private final IncomingWindow window;
    private boolean isReading;
    private boolean hasPeerEnded;
    private boolean isReceivingOver;
    private boolean isSendingOver;
    private boolean hasSentEnd;
    private long waiting;
    private long heldBytes;

    PageStream(
            PageSession session,
            PageTransport transport,
            long number,
            boolean isOfPage,
            @Nullable WebTransportReceiveStream readable,
            @Nullable WebTransportSendStream writable) {
        super(Category.STREAM, session, number);
        this.transport = transport;
        this.isOfPage = isOfPage;
        this.readable = readable;
        this.writable = writable;
        this.isReceivingOver = readable == null;
        this.isSendingOver = writable == null;
        this.flow = session.newFlow(number);
        this.window =
                new IncomingWindow(Limits.FLOW_WINDOW, bytes -> session.send(new FromAgent.Credit(number, bytes)));
    }

    static long codeForPeer(long code) {
        return Math.min(code, MAX_CODE_TO_PEER);
    }

    static long codeForPage(long code) {
        return Math.min(code, MAX_CODE_TO_PAGE);
    }

    void begin() {
        read();
    }

    boolean isOfPage() {
        return isOfPage;
    }

    @Override
    void receive(FromPage message) {
        if (message instanceof FromPage.StreamReset reset) {
            if (writable != null && !isSendingOver) {
                writable.abort(codeForPeer(reset.code()));
                sendingOver();
            }
        } else if (message instanceof FromPage.StreamStop stop) {
            if (readable != null && !isReceivingOver) {
                readable.cancel(codeForPeer(stop.code()));
                endFlow();
                receivingOver();
            }
        } else if (message instanceof FromPage.Credit credit) {
            flow.grant(credit.bytes());
            read();
        } else {
            throw notForThis(message);
        }
    }

    @Override
    void receiveFrame(FrameKind kind, ByteBuf payload) {
        if (kind != FrameKind.STREAM && kind != FrameKind.STREAM_END) {
            throw ProtocolViolation.badMessage("A frame of a kind that cannot come here");
        }
        if (writable == null || hasSentEnd) {
            throw ProtocolViolation.badMessage("The page has no more to send on stream " + number);
        }
        int bytes = payload.readableBytes();
        window.receive(bytes);
        hasSentEnd = kind == FrameKind.STREAM_END;
        if (isSendingOver) {
            window.use(bytes);
            return;
        }
        if (bytes > 0) {
            write(writable, payload.nioBuffer());
        }
        if (hasSentEnd) {
            writable.close()
                    .whenComplete((done, failure) -> session.run(() -> {
                        if (failure == null) {
                            finished();
                        } else {
                            stopped();
                        }
                    }));
        }
    }

    @Override
    void giveRest() {
        if (!isSendingOver) {
            window.giveAll();
        }
    }

    /** What leaves does so without a word. */
    @Override
    void recount() {
        if (writable != null && !isSendingOver) {
            var stats = writable.getStats().join();
            hold(stats.bytesWritten() - stats.bytesSent());
        }
    }

    @Override
    void abandon() {
        isSendingOver = true;
        isReceivingOver = true;
        endFlow();
        hold(0);
    }

    @Override
    void readOn() {
        read();
    }

    /** Nothing more is sent; what has come is still the page's. */
    void transportEnded() {
        if (!isSendingOver) {
            isSendingOver = true;
            hold(0);
            goneOnceOver();
        }
    }

    private void write(WebTransportSendStream to, ByteBuffer bytes) {
        int length = bytes.remaining();
        CompletableFuture<Void> write = to.write(bytes);
        recount();
        if (write.isDone() && !write.isCompletedExceptionally()) {
            written(length);
        } else {
            write.whenComplete((done, failure) -> session.run(() -> {
                if (failure == null) {
                    written(length);
                } else {
                    stopped();
                }
            }));
        }
    }

    private void written(int bytes) {
        window.use(bytes);
        recount();
        if (window.held() == 0) {
            session.giveSoon(this);
        }
    }

    private void finished() {
        if (!isSendingOver) {
            session.send(new FromAgent.StreamFinished(number));
            sendingOver();
        }
    }

    private void stopped() {
        if (!isSendingOver && !transport.isEnding()) {
            session.send(new FromAgent.StreamStopped(number, 0));
            sendingOver();
        }
    }

    private void read() {
        while (readable != null && !isReading && !isReceivingOver && !hasPeerEnded && mayRead()) {
            CompletableFuture<Optional<ByteBuffer>> read = readable.read();
            if (read.isDone() && !read.isCompletedExceptionally()) {
                came(read.join());
            } else {
                isReading = true;
                read.whenComplete((bytes, failure) -> session.run(() -> {
                    isReading = false;
                    if (isReceivingOver) {
                        return;
                    }
                    if (failure != null) {
                        broken(failure);
                    } else {
                        came(bytes);
                        read();
                    }
                }));
            }
        }
    }

    private void came(Optional<ByteBuffer> bytes) {
        if (bytes.isEmpty()) {
            hasPeerEnded = true;
            flow.add(FrameKind.STREAM_END, FrameKind.STREAM_END, ByteBuffer.allocate(0), (none, isLast) -> {});
            flow.afterAll(this::receivingOver);
            return;
        }
        untaken(bytes.get().remaining() + Limits.MESSAGE_OVERHEAD_BYTES);
        flow.add(FrameKind.STREAM, FrameKind.STREAM, bytes.get(), (left, isLast) -> {
            untaken(-left - (isLast ? Limits.MESSAGE_OVERHEAD_BYTES : 0));
            read();
        });
    }

    private boolean mayRead() {
        return !session.isFull() && flow.credit() - waiting >= READ_BYTES;
    }

    private void untaken(long bytes) {
        waiting += bytes;
        session.holdUntaken(bytes);
    }

    private void endFlow() {
        flow.end();
        untaken(-waiting);
    }

    private void broken(Throwable failure) {
        OptionalLong code = codeOf(failure);
        endFlow();
        if (code.isPresent()) {
            session.send(new FromAgent.StreamReset(number, codeForPage(code.getAsLong())));
        }
        // Otherwise the transport ends, and says so.
        receivingOver();
    }

    private static OptionalLong codeOf(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof LP2PException known ? known.streamErrorCode() : OptionalLong.empty();
    }

    private void receivingOver() {
        isReceivingOver = true;
        goneOnceOver();
    }

    private void sendingOver() {
        isSendingOver = true;
        hold(0);
        goneOnceOver();
    }

    private void goneOnceOver() {
        if (isReceivingOver && isSendingOver) {
            transport.streamIsGone(this);
        }
    }

    private void hold(long bytes) {
        long more = bytes - heldBytes;
        heldBytes = bytes;
        session.hold(more);
    }
}
