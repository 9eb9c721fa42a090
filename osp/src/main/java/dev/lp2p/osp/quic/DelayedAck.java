package dev.lp2p.osp.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the acknowledgement of a small message wait a little for an answer that it can travel with, since a packet of its own
 * costs both sides as much as a message does. It stands before the library's codec, which sends what is due, and
 * acknowledges what it got, once it hears that the reading is complete.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9000#section-13.2.1">RFC 9000, sending ACK frames</a>
 */
final class DelayedAck extends ChannelInboundHandlerAdapter {

    /**
     * What waits does so for one turn of the timer at least, and less than two; a peer reckons with 25 ms, the default of
     * max_ack_delay.
     */
    private static final Duration TURN = Duration.ofMillis(5);

    /** What is larger is a part of more, whose sender waits for the acknowledgement. */
    private static final int SMALL_BYTES = 512;

    /** So many, or one that is not small, are acknowledged at once (section 13.2.2). */
    private static final int AT_ONCE = 2;

    private @Nullable ChannelHandlerContext context;
    private int datagrams;
    private boolean isForSomebody;
    private boolean isHeld;
    private int holds;
    private boolean timerRuns;

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        isForSomebody &= datagrams > 0;
        boolean isSmall = ((DatagramPacket) message).content().readableBytes() <= SMALL_BYTES;
        datagrams += isSmall ? 1 : AT_ONCE;
        isHeld = false;
        ctx.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // What carried nothing for a program may be an acknowledgement, after which there is more to send.
        if (datagrams >= AT_ONCE || !isForSomebody) {
            release();
        } else {
            isHeld = true;
            holds++;
            if (!timerRuns) {
                startTimer(ctx);
            }
        }
    }

    /** Something of the datagram that is being read is for a program, which may answer. */
    void onDelivery() {
        isForSomebody = true;
    }

    /** Something is to be sent: what waits goes with it. Not from within a callback of the library. */
    void onSending() {
        if (isHeld) {
            release();
        }
    }

    private void release() {
        datagrams = 0;
        isForSomebody = false;
        isHeld = false;
        if (context != null) {
            context.fireChannelReadComplete();
        }
    }

    private void startTimer(ChannelHandlerContext ctx) {
        timerRuns = true;
        int started = holds;
        ctx.executor().schedule(() -> onTimer(ctx, started), TURN.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void onTimer(ChannelHandlerContext ctx, int started) {
        timerRuns = false;
        if (isHeld && holds != started) {
            startTimer(ctx);
        } else {
            onSending();
        }
    }
}
