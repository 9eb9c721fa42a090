package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/** What the peer proved in a finished handshake. */
final class PeerCertificate {

    /** The prime of P-256 (FIPS 186-4, D.1.2.3), which no other curve shares. */
    private static final BigInteger P256_PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    private PeerCertificate() {}

    /**
     * The fingerprint of the key that the peer used in this handshake. Neither the issuer nor the dates of the certificate
     * count: trust comes from the fingerprint alone.
     *
     * @throws RefusedException if there is no certificate or its key is of another kind than the protocol's
     * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#certificates">TLS certificates</a>
     */
    static Fingerprint fingerprint(SSLEngine finished) throws RefusedException {
        X509Certificate certificate = certificate(finished);
        if (!(certificate.getPublicKey() instanceof ECPublicKey key) || !isP256(key.getParams())) {
            throw new RefusedException("The peer's certificate has no ECDSA key on P-256");
        }
        return Fingerprint.of(certificate);
    }

    private static X509Certificate certificate(SSLEngine finished) throws RefusedException {
        try {
            return (X509Certificate) finished.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException none) {
            throw new RefusedException("The peer has no certificate", none);
        }
    }

    private static boolean isP256(ECParameterSpec curve) {
        return curve.getCurve().getField() instanceof ECFieldFp field
                && field.getP().equals(P256_PRIME);
    }

    /** The peer's certificate is not one that this protocol allows. */
    static final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }

        RefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
