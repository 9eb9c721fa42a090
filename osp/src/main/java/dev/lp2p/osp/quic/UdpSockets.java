package dev.lp2p.osp.quic;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;

/** The one place that chooses Netty's transport: epoll on Linux, and elsewhere NIO, which every system has. */
public final class UdpSockets {

    /** Asked for; the system may give less. Bursts of a fast sender fill the default at once. */
    private static final int SOCKET_BUFFER_BYTES = 4 << 20;

    /** One at a time halves the rate. */
    private static final int DATAGRAMS_PER_READ = 16;

    private UdpSockets() {}

    /** A group of the one event loop that an agent runs on; whoever asks for it shuts it down. */
    public static EventLoopGroup newLoopGroup(String threadName) {
        return newLoopGroup(threadName, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    static EventLoopGroup newLoopGroup(String threadName, IoHandlerFactory transport) {
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(threadName, true), transport);
    }

    /** What a loop that comes from here can carry. */
    static Class<? extends DatagramChannel> channelType(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class)
                ? EpollDatagramChannel.class
                : NioDatagramChannel.class;
    }

    static Future<Channel> bind(
            EventLoop loop, InetSocketAddress address, int maxUdpPayload, ChannelHandler filter, ChannelHandler quic) {
        var bound = loop.<Channel>newPromise();
        new Bootstrap()
                .group(loop)
                .channel(channelType(loop))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER_BYTES)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(maxUdpPayload).maxMessagesPerRead(DATAGRAMS_PER_READ))
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel socket) {
                        socket.pipeline().addLast(filter, new DelayedAck(), quic);
                    }
                })
                .bind(address)
                .addListener((io.netty.channel.ChannelFuture done) -> {
                    if (done.isSuccess()) {
                        bound.setSuccess(done.channel());
                    } else {
                        bound.setFailure(done.cause());
                    }
                });
        return bound;
    }
}
