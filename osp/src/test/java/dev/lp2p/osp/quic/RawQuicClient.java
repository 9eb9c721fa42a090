package dev.lp2p.osp.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A QUIC client that shows no certificate. */
final class RawQuicClient implements AutoCloseable {

    private final EventLoopGroup group = UdpSockets.newLoopGroup("raw-client");
    private final Channel socket;
    private @Nullable QuicChannel connection;

    RawQuicClient() throws Exception {
        QuicSslContext tls = QuicSslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .applicationProtocols("osp")
                .build();
        socket = new Bootstrap()
                .group(group)
                .channel(UdpSockets.channelType(group.next()))
                .handler(new QuicClientCodecBuilder()
                        .sslContext(tls)
                        .maxIdleTimeout(25, TimeUnit.SECONDS)
                        .build())
                .bind(0)
                .sync()
                .channel();
    }

    void connect(InetSocketAddress address) throws Exception {
        connection = QuicChannel.newBootstrap(socket)
                .handler(new ChannelInboundHandlerAdapter())
                .streamHandler(new ChannelInboundHandlerAdapter())
                .remoteAddress(address)
                .connect()
                .get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void awaitClose() throws Exception {
        QuicChannel open = connection;
        if (open == null || !open.closeFuture().await(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("The connection stays open");
        }
    }

    @Override
    public void close() {
        socket.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
