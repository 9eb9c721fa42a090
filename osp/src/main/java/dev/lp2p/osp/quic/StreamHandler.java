package dev.lp2p.osp.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamChannelConfig;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamResetException;

/** Carries the events of Netty's stream channel to a {@link QuicStream}. */
final class StreamHandler extends ChannelInboundHandlerAdapter {

    /** Larger buffers cost more to clear than they save. */
    private static final int READ_BYTES = 16 << 10;

    /** Also what may come in after the application stopped reading. */
    private static final int READS_AT_ONCE = 16;

    private final QuicStream stream;

    StreamHandler(QuicStream stream) {
        this.stream = stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        QuicStreamChannelConfig config = ((QuicStreamChannel) context.channel()).config();
        config.setAutoRead(false);
        config.setReadFrames(true);
        config.setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(READS_AT_ONCE));
        if (stream.isBidirectional()) {
            // Throws on a unidirectional stream.
            config.setAllowHalfClosure(true);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        stream.onFrame((QuicStreamFrame) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        stream.onReadComplete();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof QuicStreamResetException reset) {
            stream.onPeerReset(reset.applicationProtocolCode());
        } else {
            stream.failed(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stream.onChannelClosed();
    }
}
