package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.HalvesListener;
import dev.lp2p.osp.transport.StreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The sending part of a stream: what is written waits here until the library takes it. Writes are collected until the end
 * of the loop's turn, so many small messages share packets.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9000#name-sending-stream-states">RFC 9000, section 3.1</a>
 */
final class SendingPart {

    /** Small writes are copied together up to this, since each write is sent as packets of its own. */
    private static final int BATCH_BYTES = 64 << 10;

    /** What is handed to the library beyond what it took; enough to go on before the next turn of the loop. */
    private static final int MAX_IN_FLIGHT_BYTES = 256 << 10;

    private final QuicConnection connection;
    private final QuicStream stream;
    private final boolean exists;
    private @Nullable QuicStreamChannel channel;

    private final Queue<ByteBuf> unsent = new ArrayDeque<>();
    private long pendingBytes;
    private long inFlightBytes;
    private long sentBytes;
    private boolean flushScheduled;
    private boolean drained;
    private boolean finishing;
    private boolean finishSent;
    private boolean finishTaken;
    private boolean abandoned;
    private long resetCode;

    /** @param exists false for a unidirectional stream of the peer's, which has no such part */
    SendingPart(QuicConnection connection, QuicStream stream, boolean exists) {
        this.connection = connection;
        this.stream = stream;
        this.exists = exists;
    }

    void attach(QuicStreamChannel opened) {
        channel = opened;
        if (abandoned) {
            opened.shutdownOutput((int) resetCode);
        }
        scheduleFlush();
    }

    void write(ByteBuf data) {
        if (finishing || isDone()) {
            data.release();
            return;
        }
        unsent.add(data);
        pendingBytes += data.readableBytes();
        scheduleFlush();
    }

    long pendingBytes() {
        return pendingBytes;
    }

    void finish() {
        if (!finishing && !isDone()) {
            finishing = true;
            scheduleFlush();
        }
    }

    /** Abandons the part, even one that is done, by RESET_STREAM. */
    void reset(long errorCode) {
        boolean tell = exists && !abandoned;
        abandon();
        resetCode = errorCode;
        if (tell && channel != null) {
            channel.shutdownOutput((int) errorCode);
        }
    }

    /** Drops what was not sent, and whatever else is written. */
    void abandon() {
        abandoned = true;
        pendingBytes = 0;
        unsent.forEach(ByteBuf::release);
        unsent.clear();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether nothing more is sent here. */
    boolean isDone() {
        return !exists || finishTaken || abandoned;
    }

    /** Whether the library has all of it, so that nothing is lost where it lets go of the stream. */
    boolean isWhole() {
        return isDone() || finishSent;
    }

    private void scheduleFlush() {
        if (!flushScheduled && !isDone() && channel != null) {
            flushScheduled = true;
            connection.atEndOfTurn(this::flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        QuicStreamChannel open = channel;
        while (open != null && !abandoned && !unsent.isEmpty() && inFlightBytes < MAX_IN_FLIGHT_BYTES) {
            ByteBuf batch = nextBatch(open);
            send(open, batch, finishing && unsent.isEmpty());
        }
        if (open != null && !abandoned && finishing && !finishSent && unsent.isEmpty()) {
            send(open, Unpooled.EMPTY_BUFFER, true);
        }
        connection.onWritten();
        StreamListener listener = stream.listener();
        if (drained && !abandoned && listener != null) {
            drained = false;
            listener.onDrained();
        }
    }

    private ByteBuf nextBatch(QuicStreamChannel open) {
        ByteBuf first = unsent.element();
        if (first.readableBytes() > BATCH_BYTES) {
            return first.readRetainedSlice(BATCH_BYTES);
        }
        unsent.remove();
        ByteBuf second = unsent.peek();
        if (second == null || first.readableBytes() + second.readableBytes() > BATCH_BYTES) {
            return first;
        }
        ByteBuf batch = open.alloc().directBuffer(BATCH_BYTES);
        ByteBuf next = first;
        while (next != null) {
            batch.writeBytes(next);
            next.release();
            ByteBuf following = unsent.peek();
            next = following != null && following.readableBytes() <= batch.writableBytes() ? unsent.remove() : null;
        }
        return batch;
    }

    /** FIN goes with the last bytes where it can: their acknowledgement is its own. */
    private void send(QuicStreamChannel open, ByteBuf batch, boolean last) {
        int bytes = batch.readableBytes();
        inFlightBytes += bytes;
        sentBytes += bytes;
        finishSent = last;
        // A frame goes behind what is still queued, which shutdownOutput() would cut off.
        Object message = last ? new DefaultQuicStreamFrame(batch, true) : batch;
        noticeStop(open, open.writeAndFlush(message).addListener(taken -> onTaken(bytes, last, taken)));
        if (last && bytes == 0 && sentBytes > 0) {
            connection.onEndSentApart(open.streamId(), sentBytes);
        }
    }

    private void onTaken(int bytes, boolean last, Future<? super Void> taken) {
        inFlightBytes -= bytes;
        if (abandoned) {
            return;
        }
        if (taken.isSuccess()) {
            pendingBytes -= bytes;
            drained |= bytes > 0;
            // Often we are inside flush() here, which goes on by itself; a listener is never called from within
            // write().
            scheduleFlush();
            if (last) {
                finishTaken = true;
                connection.atEndOfTurn(stream::endIfDone);
            }
        } else if (taken.cause() instanceof ChannelOutputShutdownException) {
            connection.atEndOfTurn(stream::onSendingStopped);
        }
    }

    /**
     * Once the library has answered a STOP_SENDING by itself and has nothing to receive either, it forgets the stream, and
     * keeps what is written for ever. It shows by a stream that takes nothing though it had room.
     */
    private void noticeStop(QuicStreamChannel open, Future<Void> write) {
        if (!write.isDone()
                && stream.isReceivingDone()
                && stream.listener() instanceof HalvesListener
                && open.bytesBeforeUnwritable() > 0) {
            connection.atEndOfTurn(stream::onSendingStopped);
        }
    }
}
