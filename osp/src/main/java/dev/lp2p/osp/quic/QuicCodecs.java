package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicClientCodecBuilder;
import io.netty.handler.codec.quic.QuicCodecBuilder;
import io.netty.handler.codec.quic.QuicCongestionControlAlgorithm;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Sets up the library's two codecs: transport parameters, TLS, and the caps on who may come in. */
final class QuicCodecs {

    /** The SNI of an outgoing connection. */
    static final AttributeKey<String> SERVER_NAME = AttributeKey.valueOf(QuicCodecs.class, "SERVER_NAME");

    /** What an outgoing connection is to carry. */
    static final AttributeKey<ApplicationProtocol> PROTOCOL = AttributeKey.valueOf(QuicCodecs.class, "PROTOCOL");

    /**
     * Datagrams of one connection that came and wait to be taken, which takes no longer than the loop's turn; past that
     * they are dropped.
     */
    static final int DATAGRAM_RECEIVE_QUEUE = 256;

    /** Datagrams of one connection that wait for congestion control; past that they are dropped. */
    static final int DATAGRAM_SEND_QUEUE = 256;

    /**
     * What a peer may send on a connection in all before it needs more credit, in bytes: never reached, so that streams
     * which nobody reads hold up no others. {@link UnreadBudget} bounds their sum.
     */
    private static final long ENDLESS_CREDIT = 1L << 60;

    private final QuicSettings settings;
    private final UnreadBudget budget;
    private volatile QuicSslContext serverTls;
    private volatile Map<ApplicationProtocol, QuicSslContext> clientTls;
    private int dials;

    QuicCodecs(QuicSettings settings, UnreadBudget budget, PrivateKey key, X509Certificate certificate) {
        this.settings = settings;
        this.budget = budget;
        this.serverTls = TlsContexts.server(key, certificate);
        this.clientTls = clientTls(key, certificate);
    }

    void setCertificate(PrivateKey key, X509Certificate certificate) {
        serverTls = TlsContexts.server(key, certificate);
        clientTls = clientTls(key, certificate);
    }

    ChannelHandler client() {
        QuicClientCodecBuilder builder = new QuicClientCodecBuilder();
        // The port is only the other half of the key under which a TLS session could be resumed. A new one each time
        // makes every handshake a full one, with the peer's certificate in it.
        builder.sslEngineProvider(channel -> Objects.requireNonNull(
                        clientTls.get(channel.attr(PROTOCOL).get()))
                .newEngine(channel.alloc(), channel.attr(SERVER_NAME).get(), ++dials));
        return transport(builder).build();
    }

    ChannelHandler server(IncomingConnections incoming) {
        Admission admission = new Admission(settings.limits());
        QuicServerCodecBuilder builder = new QuicServerCodecBuilder()
                .sslEngineProvider(channel -> serverTls.newEngine(channel.alloc()))
                .tokenHandler(new RetryTokens(admission, Clock.systemUTC()))
                .handler(new ChannelInitializer<QuicChannel>() {
                    @Override
                    protected void initChannel(QuicChannel channel) {
                        admit(channel, admission, incoming);
                    }
                })
                .streamHandler(ConnectionHandler.incomingStreams());
        return transport(builder).build();
    }

    private void admit(QuicChannel channel, Admission admission, IncomingConnections incoming) {
        InetAddress source = ((InetSocketAddress) channel.remoteSocketAddress()).getAddress();
        Admission.Place place = admission.begun(source);
        channel.closeFuture().addListener(closed -> place.free());
        ConnectionHandler handler =
                new ConnectionHandler(false, settings.limits(), budget, new ConnectionHandler.HandshakeListener() {
                    @Override
                    public boolean onProven(QuicConnection connection) {
                        admission.handshakeEnded();
                        connection.onVouched(place::free);
                        incoming.onConnection(connection);
                        return true;
                    }

                    @Override
                    public void onFailed(ConnectionCloseReason reason) {
                        admission.handshakeEnded();
                    }
                });
        channel.pipeline().addLast(handler);
        channel.eventLoop().schedule(handler::abort, settings.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Map<ApplicationProtocol, QuicSslContext> clientTls(PrivateKey key, X509Certificate certificate) {
        Map<ApplicationProtocol, QuicSslContext> contexts = new EnumMap<>(ApplicationProtocol.class);
        for (ApplicationProtocol protocol : ApplicationProtocol.values()) {
            contexts.put(protocol, TlsContexts.client(key, certificate, protocol));
        }
        return contexts;
    }

    private <B extends QuicCodecBuilder<B>> B transport(B builder) {
        QuicLimits limits = settings.limits();
        return builder.maxIdleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .maxRecvUdpPayloadSize(settings.maxUdpPayload())
                .maxSendUdpPayloadSize(settings.maxUdpPayload())
                .initialMaxData(ENDLESS_CREDIT)
                .initialMaxStreamDataBidirectionalLocal(limits.streamWindow())
                .initialMaxStreamDataBidirectionalRemote(limits.streamWindow())
                .initialMaxStreamDataUnidirectional(limits.streamWindow())
                .initialMaxStreamsBidirectional(limits.bidirectionalStreams())
                .initialMaxStreamsUnidirectional(limits.unidirectionalStreams())
                .datagram(DATAGRAM_RECEIVE_QUEUE, DATAGRAM_SEND_QUEUE)
                .congestionControlAlgorithm(QuicCongestionControlAlgorithm.CUBIC)
                .activeMigration(false);
    }
}
