package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.Quic;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An agent's QUIC: one socket that serves and one that dials, both on the agent's loop. A {@link Connection} that comes out
 * of it is encrypted to the holder of {@link Connection#peerFingerprint()}, which this side checked after the handshake.
 *
 * <p>{@link #start} and {@link #close()} may be called from any thread, all else belongs to the loop.
 */
public final class QuicEndpoint implements AutoCloseable {

    private final EventLoop loop;
    private final QuicSettings settings;
    private final UnreadBudget budget;
    private final QuicCodecs codecs;
    private final Channel server;
    private final Channel client;

    private QuicEndpoint(
            EventLoop loop,
            QuicSettings settings,
            UnreadBudget budget,
            QuicCodecs codecs,
            Channel server,
            Channel client) {
        this.loop = loop;
        this.settings = settings;
        this.budget = budget;
        this.codecs = codecs;
        this.server = server;
        this.client = client;
    }

    /**
     * Opens both sockets.
     *
     * @param key the agent's key, to which {@code certificate} belongs
     * @return fails with an {@link java.io.IOException} if the server's address is taken or not of this machine
     * @throws IllegalStateException if there is no QUIC library for this machine
     */
    public static CompletionStage<QuicEndpoint> start(
            EventLoop loop,
            QuicSettings settings,
            PrivateKey key,
            X509Certificate certificate,
            IncomingConnections incoming) {
        requireLibrary();
        UnreadBudget budget = new UnreadBudget(loop, settings.limits().unreadBytes());
        QuicCodecs codecs = new QuicCodecs(settings, budget, key, certificate);
        CompletableFuture<QuicEndpoint> started = new CompletableFuture<>();
        bind(loop, settings, settings.bindAddress(), budget, codecs.server(incoming))
                .addListener((Future<Channel> server) -> {
                    if (!server.isSuccess()) {
                        started.completeExceptionally(server.cause());
                        return;
                    }
                    bind(loop, settings, new InetSocketAddress(0), budget, codecs.client())
                            .addListener((Future<Channel> client) -> {
                                if (client.isSuccess()) {
                                    started.complete(new QuicEndpoint(
                                            loop, settings, budget, codecs, server.getNow(), client.getNow()));
                                } else {
                                    server.getNow().close();
                                    started.completeExceptionally(client.cause());
                                }
                            });
                });
        return started;
    }

    /** Where the server listens. */
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) server.localAddress();
    }

    /**
     * Dials a peer at the first of its addresses that answers as expected.
     *
     * <p>A peer that refuses our certificate does so after its own was accepted here: such a connection comes out of this
     * call and closes at once.
     *
     * @param serverName the peer's agent hostname, for SNI
     * @return fails with an {@link dev.lp2p.osp.agent.OspException}: unreachable, or the wrong peer
     */
    public CompletionStage<Connection> connect(
            List<InetSocketAddress> addresses, String serverName, Fingerprint expected, ApplicationProtocol protocol) {
        if (!loop.inEventLoop()) {
            throw new IllegalStateException("Dialling belongs to the agent's loop");
        }
        Dial dial = new Dial(
                loop, addresses, expected, settings.limits(), budget, (address, handler) -> QuicChannel.newBootstrap(
                                client)
                        .attr(QuicCodecs.SERVER_NAME, serverName)
                        .attr(QuicCodecs.PROTOCOL, protocol)
                        .handler(handler)
                        .streamHandler(ConnectionHandler.incomingStreams())
                        .remoteAddress(address)
                        .connect());
        return dial.start(settings.handshakeTimeout());
    }

    /** Presents another certificate of the same key from the next handshake on. */
    public void setCertificate(PrivateKey key, X509Certificate certificate) {
        codecs.setCertificate(key, certificate);
    }

    /** Closes the sockets after what this turn of the loop still sends; connections that are open end without a word. */
    @Override
    public void close() {
        loop.execute(() -> {
            server.close();
            client.close();
        });
    }

    private static Future<Channel> bind(
            EventLoop loop,
            QuicSettings settings,
            InetSocketAddress address,
            UnreadBudget budget,
            io.netty.channel.ChannelHandler codec) {
        OnLinkFilter filter = new OnLinkFilter(settings.onLink(), budget);
        return UdpSockets.bind(loop, address, settings.maxUdpPayload(), filter, codec);
    }

    private static void requireLibrary() {
        // A missing library is an Error, which would pass by every handler of exceptions.
        if (!Quic.isAvailable()) {
            throw new IllegalStateException(
                    "There is no QUIC library for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch")
                            + ": lp2p runs on Linux and macOS (x86-64, ARM64) and on Windows (x86-64)" + onModulePath(),
                    Quic.unavailabilityCause());
        }
    }
    /** Nothing requires the modules of the native libraries, which are one for each platform. */
    private static String onModulePath() {
        return QuicEndpoint.class.getModule().isNamed()
                ? "; a program on the module path starts with --add-modules ALL-MODULE-PATH"
                : "";
    }
}
