package dev.lp2p.osp.quic;

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
import java.util.concurrent.TimeUnit;

/** Sets up the library's two codecs: transport parameters, TLS, and the caps on who may come in. */
final class QuicCodecs {

    /** The SNI of an outgoing connection. */
    static final AttributeKey<String> SERVER_NAME = AttributeKey.valueOf(QuicCodecs.class, "SERVER_NAME");

    private final QuicSettings settings;
    private volatile QuicSslContext serverTls;
    private volatile QuicSslContext clientTls;
    private int dials;

    QuicCodecs(QuicSettings settings, PrivateKey key, X509Certificate certificate) {
        this.settings = settings;
        this.serverTls = TlsContexts.server(key, certificate);
        this.clientTls = TlsContexts.client(key, certificate);
    }

    void setCertificate(PrivateKey key, X509Certificate certificate) {
        serverTls = TlsContexts.server(key, certificate);
        clientTls = TlsContexts.client(key, certificate);
    }

    ChannelHandler client() {
        QuicClientCodecBuilder builder = new QuicClientCodecBuilder();
        // The port is only the other half of the key under which a TLS session could be resumed. A new one each time
        // makes every handshake a full one, with the peer's certificate in it.
        builder.sslEngineProvider(channel ->
                clientTls.newEngine(channel.alloc(), channel.attr(SERVER_NAME).get(), ++dials));
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
        admission.begun(source);
        channel.closeFuture().addListener(closed -> admission.ended(source));
        ConnectionHandler handler =
                new ConnectionHandler(false, settings.limits(), new ConnectionHandler.HandshakeListener() {
                    @Override
                    public boolean onProven(QuicConnection connection) {
                        admission.handshakeEnded();
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

    private <B extends QuicCodecBuilder<B>> B transport(B builder) {
        QuicLimits limits = settings.limits();
        return builder.maxIdleTimeout(settings.idleTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .maxRecvUdpPayloadSize(settings.maxUdpPayload())
                .maxSendUdpPayloadSize(settings.maxUdpPayload())
                .initialMaxData(limits.connectionWindow())
                .initialMaxStreamDataBidirectionalLocal(limits.streamWindow())
                .initialMaxStreamDataBidirectionalRemote(limits.streamWindow())
                .initialMaxStreamDataUnidirectional(limits.streamWindow())
                .initialMaxStreamsBidirectional(limits.bidirectionalStreams())
                .initialMaxStreamsUnidirectional(limits.unidirectionalStreams())
                .congestionControlAlgorithm(QuicCongestionControlAlgorithm.CUBIC)
                .activeMigration(false);
    }
}
