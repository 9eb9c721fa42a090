package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.StreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The receiving part of a stream: what comes waits in the library, and a little of it here, until somebody reads. Reads
 * are collected until the end of the loop's turn, so data that came in many packets is read at once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9000#name-receiving-stream-states">RFC 9000, section 3.2</a>
 */
final class ReceivingPart {

    private final QuicConnection connection;
    private final QuicStream stream;
    private final boolean exists;
    private @Nullable QuicStreamChannel channel;

    private final Queue<ByteBuf> unread = new ArrayDeque<>();
    private long receivedBytes;

    /** Where the stream ends, as the peer said beside it. */
    private OptionalLong peerEnd = OptionalLong.empty();

    private boolean reading = true;
    private boolean readScheduled;
    private boolean finReceived;
    private boolean endDelivered;
    private boolean abandoned;
    private long stopCode;

    /** @param exists false for a unidirectional stream of ours, which has no such part */
    ReceivingPart(QuicConnection connection, QuicStream stream, boolean exists) {
        this.connection = connection;
        this.stream = stream;
        this.exists = exists;
    }

    void attach(QuicStreamChannel opened) {
        channel = opened;
        if (abandoned) {
            opened.shutdownInput((int) stopCode);
        }
        scheduleRead();
    }

    void setReading(boolean on) {
        reading = on;
        if (on) {
            scheduleRead();
        }
    }

    /** Also to be called once there is a listener. */
    void scheduleRead() {
        if (!readScheduled && !isDone()) {
            readScheduled = true;
            connection.atEndOfTurn(this::read);
        }
    }

    /** Reads what is there in this very turn, since the connection is about to end. */
    void readNow() {
        if (!isDone() && reading && channel != null) {
            channel.read();
        }
    }

    void onFrame(QuicStreamFrame frame) {
        finReceived |= frame.hasFin();
        receivedBytes += frame.content().readableBytes();
        connection.onData();
        checkPeerEnd();
        StreamListener listener = stream.listener();
        if (isDone() || contradictsPeerEnd() || !frame.content().isReadable()) {
            drop(frame.content());
        } else if (reading && listener != null && unread.isEmpty()) {
            deliver(listener, frame.content());
        } else {
            unread.add(frame.content());
        }
        if (isAllReceived()) {
            deliverUnread();
        }
    }

    /** The library has no more for now; whatever comes until the end of the loop's turn is read together. */
    void onReadComplete() {
        if (!reading || abandoned) {
            return;
        }
        if (connection.isClosing() && channel != null) {
            // The last packets of a connection are read at once, for there is no later turn.
            channel.read();
        } else {
            scheduleRead();
        }
    }

    /** Where the stream ends, in case that no FIN comes. */
    void onPeerEnd(long bytes) {
        if (!exists || abandoned) {
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

    /** Abandons the part, even one that is done, by STOP_SENDING. */
    void stop(long errorCode) {
        boolean tell = exists && !abandoned;
        abandon();
        stopCode = errorCode;
        if (tell && channel != null) {
            channel.shutdownInput((int) errorCode);
        }
    }

    /** Drops what was not delivered, and whatever else comes. */
    void abandon() {
        abandoned = true;
        unread.forEach(this::drop);
        unread.clear();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether nothing more is delivered. */
    boolean isDone() {
        return !exists || endDelivered || abandoned;
    }

    /** Whether all of it came, so that nothing is lost where the library lets go of the stream. */
    boolean isWhole() {
        return isDone() || isAllReceived();
    }

    /** Whether data may wait here that nobody reads. */
    boolean isStuck() {
        return !isDone() && (!reading || stream.listener() == null);
    }

    /** What may wait here and in the library. */
    long maxUnreadBytes() {
        long waiting = unread.stream().mapToLong(ByteBuf::readableBytes).sum();
        return waiting + connection.streamWindow(receivedBytes);
    }

    private void read() {
        readScheduled = false;
        deliverUnread();
        if (reading && !finReceived && !abandoned && channel != null && stream.listener() != null) {
            channel.read();
        }
    }

    private void deliverUnread() {
        StreamListener listener = stream.listener();
        if (listener == null) {
            return;
        }
        while (reading && !unread.isEmpty()) {
            deliver(listener, unread.remove());
        }
        if (reading && isAllReceived() && !contradictsPeerEnd() && unread.isEmpty() && !isDone()) {
            endDelivered = true;
            takeLateFin();
            listener.onFinished();
            stream.endIfDone();
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

    private boolean isAllReceived() {
        return finReceived || isAtPeerEnd();
    }

    private boolean isAtPeerEnd() {
        return peerEnd.isPresent() && peerEnd.getAsLong() == receivedBytes;
    }

    /** Also after the end was delivered, or what is sent behind it would wait here uncounted. */
    private void checkPeerEnd() {
        if (contradictsPeerEnd()) {
            connection.onContradictoryEnd();
        }
    }

    private boolean contradictsPeerEnd() {
        return peerEnd.isPresent() && (finReceived || receivedBytes > peerEnd.getAsLong()) && !isAtPeerEnd();
    }

    /** By a FIN that was not lost, only late, the library lets go of the stream; otherwise it keeps it for ever. */
    private void takeLateFin() {
        QuicStreamChannel open = channel;
        if (!finReceived && open != null) {
            connection.atEndOfTurn(open::read);
        }
    }
}
