package dev.lp2p.gateway;

import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Lets web pages on this device use its agent, and nobody else: it listens on the loopback interface only, knows each page
 * by what the browser says of its origin, and lets it do no more than the user allows that origin. What it speaks is
 * {@code docs/gateway-protocol.md}.
 */
public final class Gateway implements AutoCloseable {

    private static final String IPV4 = "127.0.0.1";
    private static final String IPV6 = "::1";

    private static final int BACKLOG = 128;

    /** More than a page's credit, so that the credit is what stops frames. */
    private static final WriteBufferWaterMark UNSENT =
            new WriteBufferWaterMark(Limits.SOCKET_WINDOW, 2 * Limits.SOCKET_WINDOW);

    private static final int CLOSING_SECONDS = 5;

    private final GatewaySettings settings;
    private final LocalPeerToPeerManager manager;
    private final EventLoop loop;
    private final ExecutorService files =
            Executors.newSingleThreadExecutor(new DefaultThreadFactory("lp2p-gateway-files", true));
    private final ChannelGroup channels;
    private final PageTokens tokens = new PageTokens();
    private final TcpPlaces places = new TcpPlaces();
    private final Budgets budgets;
    private final SocketCounts sockets = new SocketCounts();
    private final AppFiles apps;
    private final Callers callers;
    private final HttpAnswers answers;
    private final int port;

    private volatile long mostHeldBytes = Limits.HELD_BYTES;
    private volatile Duration drainingTime = Limits.DRAINING_TIME;

    private Gateway(GatewaySettings settings, LocalPeerToPeerManager manager) throws IOException {
        this.settings = settings;
        this.manager = manager;
        // Netty's, as every agent's: a message between a page and QUIC then changes no thread.
        this.loop = (EventLoop) manager.loop();
        // One that is accepted while the gateway closes is closed too.
        this.budgets = new Budgets(loop);
        this.channels = new DefaultChannelGroup(loop, true);
        this.apps = new AppFiles(settings.apps());
        try {
            Channel first = listen(IPV4, settings.port());
            this.port = ((InetSocketAddress) first.localAddress()).getPort();
            this.callers = new Callers(port);
            this.answers = new HttpAnswers(port, loop);
            if (hasIpv6()) {
                listen(IPV6, port);
            }
            channels.forEach(listener -> listener.config().setAutoRead(true));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts serving pages, on the manager's loop.
     *
     * @param manager with {@link LP2PSettings#listenersOnLoop()} for what pages are, or a message changes threads for no use
     * @throws IOException if the port is not to be had, with a sentence that says what to do
     */
    public static Gateway start(GatewaySettings settings, LocalPeerToPeerManager manager) throws IOException {
        return new Gateway(settings, manager);
    }

    /** Where it listens, on 127.0.0.1 and ::1. */
    public int port() {
        return port;
    }

    /** Ends every page's socket, and with it everything of the page. Before the manager, and not on its loop. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly(CLOSING_SECONDS, TimeUnit.SECONDS);
        files.shutdown();
    }

    /** What it holds of the payload of each page that comes from now on. */
    void holdAtMost(long bytes) {
        mostHeldBytes = bytes;
    }

    long mostHeldBytes() {
        return mostHeldBytes;
    }

    Budgets budgets() {
        return budgets;
    }

    /** How long each page that comes from now on may read on after a peer closed a transport. */
    void drainFor(Duration time) {
        drainingTime = time;
    }

    Duration drainingTime() {
        return drainingTime;
    }

    GatewaySettings settings() {
        return settings;
    }

    LocalPeerToPeerManager manager() {
        return manager;
    }

    /** Reads the disk and the system's tables. */
    Executor files() {
        return files;
    }

    PageTokens tokens() {
        return tokens;
    }

    TcpPlaces places() {
        return places;
    }

    SocketCounts sockets() {
        return sockets;
    }

    AppFiles apps() {
        return apps;
    }

    Callers callers() {
        return callers;
    }

    HttpAnswers answers() {
        return answers;
    }

    /** Accepts nobody before there is a gateway. */
    private Channel listen(String address, int onPort) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(listenerType(loop))
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.AUTO_READ, false)
                // Nothing is read before it is known whose it is.
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel);
                    }
                });
        var bound = bootstrap.bind(new InetSocketAddress(address, onPort)).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "The gateway for pages cannot listen on " + address + " port " + onPort
                            + ": another agent or program may have it. End that, or choose another port",
                    bound.cause());
        }
        channels.add(bound.channel());
        return bound.channel();
    }

    /** The agent's loop is epoll's where that is to be had, and carries nothing else then. */
    private static Class<? extends ServerChannel> listenerType(EventLoop loop) {
        return loop instanceof IoEventLoop io && io.isIoType(EpollIoHandler.class)
                ? EpollServerSocketChannel.class
                : NioServerSocketChannel.class;
    }

    /** A connection that was made, also just before the end. */
    void accept(Channel channel) {
        if (!places.enter(channel)) {
            return;
        }
        channels.add(channel);
        channel.pipeline()
                .addLast(new IdleStateHandler(0, 0, Limits.GREETING_TIME.toSeconds(), TimeUnit.SECONDS))
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(Limits.REQUEST_BODY_BYTES))
                .addLast(new HttpHandler(this));
    }

    private static boolean hasIpv6() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress());
    }
}
