package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.HalvesListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamType;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a Netty channel, which may come later than the stream: while the peer's limit allows no more streams,
 * writes wait here.
 *
 * <p>Writes and reads are collected until the end of the loop's turn. So many small messages share packets, and data that
 * came in many packets is read at once.
 */
final class QuicStream implements TransportStream {

    private static final System.Logger LOG = System.getLogger(QuicStream.class.getName());

    /** Small writes are copied together up to this, since each write is sent as packets of its own. */
    private static final int BATCH_BYTES = 64 << 10;

    /** What is handed to the library beyond what it took; enough to go on before the next turn of the loop. */
    private static final int MAX_IN_FLIGHT_BYTES = 256 << 10;

    private final QuicConnection connection;
    private final boolean bidirectional;
    private final boolean incoming;
    private @Nullable StreamListener listener;
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
    private boolean sendingAbandoned;
    private long resetCode;

    private final Queue<ByteBuf> unread = new ArrayDeque<>();
    private long receivedBytes;

    /** Where the stream ends, as the peer said beside it. */
    private OptionalLong peerEnd = OptionalLong.empty();

    private boolean reading = true;
    private boolean readScheduled;
    private boolean finReceived;
    private boolean finDelivered;
    private boolean receivingAbandoned;
    private long stopCode;

    private boolean ended;

    QuicStream(QuicConnection connection, boolean bidirectional, boolean incoming) {
        this.connection = connection;
        this.bidirectional = bidirectional;
        this.incoming = incoming;
    }

    @Override
    public boolean isBidirectional() {
        return bidirectional;
    }

    @Override
    public OptionalLong id() {
        return channel == null ? OptionalLong.empty() : OptionalLong.of(channel.streamId());
    }

    @Override
    public void write(ByteBuf data) {
        connection.assertOnLoop();
        if (ended || finishing || isSendingDone()) {
            data.release();
            return;
        }
        unsent.add(data);
        pendingBytes += data.readableBytes();
        scheduleFlush();
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    @Override
    public void finish() {
        connection.assertOnLoop();
        if (!ended && !finishing && !isSendingDone()) {
            finishing = true;
            scheduleFlush();
        }
    }

    @Override
    public void reset(long errorCode) {
        connection.assertOnLoop();
        if (!ended) {
            abandon(errorCode);
        }
    }

    @Override
    public void resetSending(long errorCode) {
        connection.assertOnLoop();
        if (!ended && !isSendingDone()) {
            abandonSending();
            resetCode = errorCode;
            if (channel != null) {
                channel.shutdownOutput((int) errorCode);
            }
            endIfDone();
        }
    }

    @Override
    public void stopReceiving(long errorCode) {
        connection.assertOnLoop();
        if (!ended && !isReceivingDone()) {
            abandonReceiving();
            stopCode = errorCode;
            if (channel != null) {
                channel.shutdownInput((int) errorCode);
            }
            endIfDone();
        }
    }

    @Override
    public void setReading(boolean on) {
        connection.assertOnLoop();
        reading = on;
        if (on) {
            scheduleRead();
        }
    }

    QuicStreamType type() {
        return bidirectional ? QuicStreamType.BIDIRECTIONAL : QuicStreamType.UNIDIRECTIONAL;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Names who hears of the stream; nothing is delivered before. */
    void setListener(StreamListener listener) {
        this.listener = listener;
        scheduleRead();
    }

    void attach(QuicStreamChannel opened) {
        if (ended) {
            opened.close();
            return;
        }
        channel = opened;
        if (sendingAbandoned) {
            opened.shutdownOutput((int) resetCode);
        }
        if (receivingAbandoned) {
            opened.shutdownInput((int) stopCode);
        }
        scheduleFlush();
        scheduleRead();
    }

    // Receiving.

    /** Where the stream ends, in case that no FIN comes. */
    void onPeerEnd(long bytes) {
        if (ended || receivingAbandoned || !canRead()) {
            return;
        }
        if (peerEnd.isPresent() && peerEnd.getAsLong() != bytes) {
            connection.onContradictoryEnd();
            return;
        }
        peerEnd = OptionalLong.of(bytes);
        checkPeerEnd();
        deliverUnread();
    }

    void onFrame(QuicStreamFrame frame) {
        finReceived |= frame.hasFin();
        receivedBytes += frame.content().readableBytes();
        checkPeerEnd();
        if (ended || receivingAbandoned || !frame.content().isReadable()) {
            drop(frame.content());
        } else if (reading && listener != null && unread.isEmpty()) {
            deliver(listener, frame.content());
        } else {
            unread.add(frame.content());
        }
        if (isInputWhole()) {
            deliverUnread();
        }
    }

    /** Also after the end was delivered, or what is sent behind it would wait here uncounted. */
    private void checkPeerEnd() {
        if (peerEnd.isPresent() && (finReceived || receivedBytes > peerEnd.getAsLong()) && !isAtPeerEnd()) {
            connection.onContradictoryEnd();
        }
    }

    private boolean isAtPeerEnd() {
        return peerEnd.isPresent() && peerEnd.getAsLong() == receivedBytes;
    }

    private boolean isInputWhole() {
        return finReceived || isAtPeerEnd();
    }

    /** The library has no more for now; whatever comes until the end of the loop's turn is read together. */
    void onReadComplete() {
        if (!reading || ended || receivingAbandoned) {
            return;
        }
        if (connection.isClosing() && channel != null) {
            // The last packets of a connection are read at once, for there is no later turn.
            channel.read();
        } else {
            scheduleRead();
        }
    }

    /** Reads what is there in this very turn, since the connection is about to end. */
    void readNow() {
        if (!isReceivingDone() && reading && !ended && channel != null) {
            channel.read();
        }
    }

    private void scheduleRead() {
        if (!readScheduled && !isReceivingDone() && !ended) {
            readScheduled = true;
            connection.atEndOfTurn(this::read);
        }
    }

    private void read() {
        readScheduled = false;
        deliverUnread();
        if (reading && !ended && !finReceived && !receivingAbandoned && channel != null && listener != null) {
            channel.read();
        }
    }

    private void deliverUnread() {
        while (reading && !ended && listener != null && !unread.isEmpty()) {
            deliver(listener, unread.remove());
        }
        if (reading && !ended && listener != null && isInputWhole() && unread.isEmpty() && !isReceivingDone()) {
            finDelivered = true;
            takeLateFin();
            listener.onFinished();
            endIfDone();
        }
    }

    /** By a FIN that was not lost, only late, the library lets go of the stream; otherwise it keeps it for ever. */
    private void takeLateFin() {
        QuicStreamChannel open = channel;
        if (!finReceived && open != null) {
            connection.atEndOfTurn(open::read);
        }
    }

    private void deliver(StreamListener to, ByteBuf data) {
        connection.onTaken(data.readableBytes());
        to.onData(data);
    }

    private void drop(ByteBuf data) {
        connection.onTaken(data.readableBytes());
        data.release();
    }

    /** Whether data may wait here that nobody reads. */
    boolean isStuck() {
        return !ended && !isReceivingDone() && (!reading || listener == null);
    }

    /** What may wait here and in the library. */
    long maxUnreadBytes() {
        long waiting = unread.stream().mapToLong(ByteBuf::readableBytes).sum();
        return waiting + connection.streamWindow(receivedBytes);
    }

    /** Too much waits unread, here more than anywhere. */
    void endAsUnread() {
        endByPeer(0);
    }

    // Sending.

    private void scheduleFlush() {
        if (!flushScheduled && !isSendingDone() && channel != null && !ended) {
            flushScheduled = true;
            connection.atEndOfTurn(this::flush);
        }
    }

    private void flush() {
        flushScheduled = false;
        if (sendingAbandoned) {
            return;
        }
        QuicStreamChannel open = channel;
        while (open != null && !ended && !unsent.isEmpty() && inFlightBytes < MAX_IN_FLIGHT_BYTES) {
            ByteBuf batch = nextBatch(open);
            send(open, batch, finishing && unsent.isEmpty());
        }
        if (open != null && !ended && finishing && !finishSent && unsent.isEmpty()) {
            send(open, Unpooled.EMPTY_BUFFER, true);
        }
        if (drained && !ended && listener != null) {
            drained = false;
            listener.onDrained();
        }
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

    private void onTaken(int bytes, boolean last, Future<? super Void> taken) {
        inFlightBytes -= bytes;
        if (ended || sendingAbandoned) {
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
                connection.atEndOfTurn(this::endIfDone);
            }
        } else if (taken.cause() instanceof ChannelOutputShutdownException) {
            connection.atEndOfTurn(this::onSendingStopped);
        }
    }

    /**
     * Once the library has answered a STOP_SENDING by itself and has nothing to receive either, it forgets the stream, and
     * keeps what is written for ever. It shows by a stream that takes nothing though it had room.
     */
    private void noticeStop(QuicStreamChannel open, Future<Void> write) {
        if (!write.isDone()
                && isReceivingDone()
                && listener instanceof HalvesListener
                && open.bytesBeforeUnwritable() > 0) {
            connection.atEndOfTurn(this::onSendingStopped);
        }
    }

    /** STOP_SENDING; the library does not say with which code. */
    private void onSendingStopped() {
        if (ended || isSendingDone()) {
            return;
        }
        if (listener instanceof HalvesListener halves) {
            abandonSending();
            halves.onSendingStopped();
            endIfDone();
        } else {
            endByPeer(0);
        }
    }

    // The end.

    void onPeerReset(long errorCode) {
        if (ended || isReceivingDone()) {
            return;
        }
        if (listener instanceof HalvesListener halves) {
            abandonReceiving();
            halves.onReceivingReset(errorCode);
            endIfDone();
        } else {
            endByPeer(errorCode);
        }
    }

    /** The library, or a listener, failed on this stream. */
    void failed(Throwable cause) {
        boolean bug = cause instanceof RuntimeException || cause instanceof Error;
        // A stream that we stopped reading has nothing to say any more.
        if (!ended && (bug || !receivingAbandoned)) {
            LOG.log(bug ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, "A QUIC stream failed", cause);
            endByPeer(0);
        }
    }

    /** The library is done with the stream: both directions are finished, or the connection is gone. */
    void onChannelClosed() {
        boolean outputWhole = isSendingDone() || finishSent;
        if (!(isReceivingDone() || isInputWhole()) || !outputWhole) {
            onConnectionClosed();
        }
    }

    void onConnectionClosed() {
        if (!ended) {
            end();
            if (listener != null) {
                listener.onReset(0);
            }
        }
    }

    private void endIfDone() {
        if (ended || !isReceivingDone() || !isSendingDone()) {
            return;
        }
        end();
        if ((sendingAbandoned || receivingAbandoned) && channel != null) {
            connection.countAbandonedStream();
            channel.close();
        }
    }

    private void endByPeer(long errorCode) {
        abandon(errorCode);
        if (listener != null) {
            listener.onReset(errorCode);
        }
    }

    private void abandonSending() {
        sendingAbandoned = true;
        dropUnsent();
    }

    private void abandonReceiving() {
        receivingAbandoned = true;
        dropUnread();
    }

    private void abandon(long errorCode) {
        QuicStreamChannel open = channel;
        end();
        if (open != null) {
            connection.countAbandonedStream();
            int code = (int) errorCode;
            if (canWrite() && !sendingAbandoned) {
                open.shutdownOutput(code);
            }
            if (canRead() && !receivingAbandoned) {
                open.shutdownInput(code);
            }
            open.close();
        }
    }

    private void end() {
        ended = true;
        dropUnsent();
        dropUnread();
        connection.forget(this);
    }

    private void dropUnsent() {
        pendingBytes = 0;
        unsent.forEach(ByteBuf::release);
        unsent.clear();
    }

    private void dropUnread() {
        unread.forEach(this::drop);
        unread.clear();
    }

    private boolean isSendingDone() {
        return !canWrite() || finishTaken || sendingAbandoned;
    }

    private boolean isReceivingDone() {
        return !canRead() || finDelivered || receivingAbandoned;
    }

    private boolean canWrite() {
        return bidirectional || !incoming;
    }

    private boolean canRead() {
        return bidirectional || incoming;
    }
}
