package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.ApplicationProtocol;
import io.netty.handler.codec.quic.QuicSslContext;
import io.netty.handler.codec.quic.QuicSslContextBuilder;
import io.netty.handler.ssl.ClientAuth;
import java.net.Socket;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * TLS 1.3 with certificates on both sides and without early data.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#transport">TLS 1.3</a>
 */
final class TlsContexts {

    private TlsContexts() {}

    static QuicSslContext server(PrivateKey key, X509Certificate certificate) {
        return QuicSslContextBuilder.forServer(new OwnCertificate(key, certificate), null)
                .trustManager(new AnyCertificate())
                .clientAuth(ClientAuth.REQUIRE)
                .applicationProtocols(ApplicationProtocol.OSP.token(), ApplicationProtocol.Q2Q.token())
                .earlyData(false)
                .build();
    }

    static QuicSslContext client(PrivateKey key, X509Certificate certificate, ApplicationProtocol protocol) {
        return QuicSslContextBuilder.forClient()
                .keyManager(new OwnCertificate(key, certificate), null)
                .trustManager(new AnyCertificate())
                .applicationProtocols(protocol.token())
                .earlyData(false)
                .build();
    }

    /**
     * Lets every certificate through. The handshake proves that the peer owns its key; whether it is the right key is
     * decided after every handshake, where a resumed one cannot pass it by.
     */
    private static final class AnyCertificate extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
