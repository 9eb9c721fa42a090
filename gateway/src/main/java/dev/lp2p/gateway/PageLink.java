package dev.lp2p.gateway;

import dev.lp2p.gateway.GatewayMessage.FromAgent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The socket to one page. Belongs to the gateway's loop; what is sent in one turn of it leaves at its end, together. */
final class PageLink {

    private final Channel channel;
    private Runnable beforeFlush = () -> {};
    private boolean flushIsDue;
    private boolean isClosed;

    PageLink(Channel channel) {
        this.channel = channel;
    }

    /** Has somebody add what can travel with other messages. */
    void beforeFlush(Runnable task) {
        beforeFlush = task;
    }

    void send(FromAgent message) {
        if (!isClosed) {
            write(new TextWebSocketFrame(GatewayCodec.encode(message)));
        }
    }

    void sendFrame(FrameKind kind, long flow, ByteBuffer payload) {
        sendFrame(newFrame(kind, flow, payload.remaining()).writeBytes(payload));
    }

    /** A frame that has its header, and room for so many bytes of payload. */
    ByteBuf newFrame(FrameKind kind, long flow, int bytes) {
        return channel.alloc()
                .directBuffer(Limits.FRAME_HEADER_BYTES + bytes)
                .writeByte(kind.value())
                .writeInt((int) flow);
    }

    /** Takes over the reference. */
    void sendFrame(ByteBuf frame) {
        if (isClosed) {
            frame.release();
        } else {
            write(new BinaryWebSocketFrame(frame));
        }
    }

    /** Whether frames may be added; each also takes credit. */
    boolean isWritable() {
        return !isClosed && channel.isWritable();
    }

    /** What the page has not read and the system has not taken. */
    long unreadBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    /**
     * Says why, and waits a little for the page to close its side: what it has sent meanwhile would otherwise reset the
     * connection, and it would not hear the reason.
     */
    void close(int code, String reason) {
        if (!isClosed) {
            isClosed = true;
            channel.writeAndFlush(new CloseWebSocketFrame(code, reason));
            // Netty waits so long for the frame to leave, but for ever for the answer.
            channel.eventLoop()
                    .schedule((Runnable) channel::close, Limits.CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * The page closed its side. That is answered, unless it is the answer: a second one would have the browser tell the page
     * that its socket broke.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1">RFC 6455</a>
     */
    void onClose(CloseWebSocketFrame frame) {
        if (isClosed) {
            channel.close();
        } else {
            isClosed = true;
            channel.writeAndFlush(frame.retain()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Without a word. */
    void cut() {
        isClosed = true;
        channel.close();
    }

    /** Has the turn end with {@link #beforeFlush}, and what was written leave. */
    void flushSoon() {
        if (!flushIsDue) {
            flushIsDue = true;
            channel.eventLoop().execute(() -> {
                try {
                    beforeFlush.run();
                } finally {
                    flushIsDue = false;
                    channel.flush();
                }
            });
        }
    }

    private void write(Object frame) {
        channel.write(frame, channel.voidPromise());
        flushSoon();
    }
}
