package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.HalvesListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamType;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a Netty channel, which may come later than the stream: while the peer's limit allows no more streams,
 * writes wait here.
 *
 * <p>What is sent and what is received is the business of its two parts ({@link SendingPart}, {@link ReceivingPart}; a
 * unidirectional stream has one), which do not touch each other. This class says how they end, together or each by itself.
 */
final class QuicStream implements TransportStream {

    private static final System.Logger LOG = System.getLogger(QuicStream.class.getName());

    private final QuicConnection connection;
    private final boolean bidirectional;
    private final SendingPart sending;
    private final ReceivingPart receiving;
    private @Nullable StreamListener listener;
    private @Nullable QuicStreamChannel channel;
    private boolean ended;

    QuicStream(QuicConnection connection, boolean bidirectional, boolean incoming) {
        this.connection = connection;
        this.bidirectional = bidirectional;
        this.sending = new SendingPart(connection, this, bidirectional || !incoming);
        this.receiving = new ReceivingPart(connection, this, bidirectional || incoming);
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
        sending.write(data);
    }

    @Override
    public long pendingBytes() {
        return sending.pendingBytes();
    }

    @Override
    public void finish() {
        connection.assertOnLoop();
        sending.finish();
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
        if (!sending.isDone()) {
            sending.reset(errorCode);
            endIfDone();
        }
    }

    @Override
    public void stopReceiving(long errorCode) {
        connection.assertOnLoop();
        if (!receiving.isDone()) {
            receiving.stop(errorCode);
            endIfDone();
        }
    }

    @Override
    public void setReading(boolean on) {
        connection.assertOnLoop();
        receiving.setReading(on);
    }

    // What the connection needs.

    QuicStreamType type() {
        return bidirectional ? QuicStreamType.BIDIRECTIONAL : QuicStreamType.UNIDIRECTIONAL;
    }

    /** Names who hears of the stream; nothing is delivered before. */
    void setListener(StreamListener listener) {
        this.listener = listener;
        receiving.scheduleRead();
    }

    void attach(QuicStreamChannel opened) {
        if (ended) {
            opened.close();
            return;
        }
        channel = opened;
        sending.attach(opened);
        receiving.attach(opened);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Reads what is there in this very turn, since the connection is about to end. */
    void readNow() {
        receiving.readNow();
    }

    /** Where what is received ends, in case that no FIN comes. */
    void onPeerEnd(long bytes) {
        receiving.onPeerEnd(bytes);
    }

    /** Whether data may wait that nobody reads. */
    boolean isStuck() {
        return receiving.isStuck();
    }

    /** What may wait unread. */
    long maxUnreadBytes() {
        return receiving.maxUnreadBytes();
    }

    /** Too much waits unread, here more than anywhere. */
    void endAsUnread() {
        endByPeer(0);
    }

    void onConnectionClosed() {
        if (!ended) {
            end();
            if (listener != null) {
                listener.onReset(0);
            }
        }
    }

    // What the handler reports.

    void onFrame(QuicStreamFrame frame) {
        receiving.onFrame(frame);
    }

    /** The library has no more for now. */
    void onReadComplete() {
        receiving.onReadComplete();
    }

    void onPeerReset(long errorCode) {
        if (receiving.isDone()) {
            return;
        }
        if (listener instanceof HalvesListener halves) {
            receiving.abandon();
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
        if (!ended && (bug || !receiving.isAbandoned())) {
            LOG.log(bug ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG, "A QUIC stream failed", cause);
            endByPeer(0);
        }
    }

    /** The library is done with the stream: both directions are finished, or the connection is gone. */
    void onChannelClosed() {
        if (!receiving.isWhole() || !sending.isWhole()) {
            onConnectionClosed();
        }
    }

    // What the parts need.

    /** Who hears of the stream, once that is known. */
    @Nullable StreamListener listener() {
        return listener;
    }

    boolean isReceivingDone() {
        return receiving.isDone();
    }

    /** STOP_SENDING; the library does not say with which code. */
    void onSendingStopped() {
        if (sending.isDone()) {
            return;
        }
        if (listener instanceof HalvesListener halves) {
            sending.abandon();
            halves.onSendingStopped();
            endIfDone();
        } else {
            endByPeer(0);
        }
    }

    /** One of them is done: if both are, so is the stream. */
    void endIfDone() {
        if (ended || !receiving.isDone() || !sending.isDone()) {
            return;
        }
        boolean abandoned = sending.isAbandoned() || receiving.isAbandoned();
        end();
        if (abandoned) {
            closeAbandoned();
        }
    }

    private void endByPeer(long errorCode) {
        abandon(errorCode);
        if (listener != null) {
            listener.onReset(errorCode);
        }
    }

    private void abandon(long errorCode) {
        // First, for the library may close the channel within what follows.
        ended = true;
        sending.reset(errorCode);
        receiving.stop(errorCode);
        connection.forget(this);
        closeAbandoned();
    }

    private void end() {
        ended = true;
        sending.abandon();
        receiving.abandon();
        connection.forget(this);
    }

    private void closeAbandoned() {
        if (channel != null) {
            connection.countAbandonedStream();
            channel.close();
        }
    }
}
