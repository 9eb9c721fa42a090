package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A key with a self-signed certificate. */
record TestIdentity(PrivateKey key, X509Certificate certificate) {

    static TestIdentity p256() {
        return of("EC", 256, "SHA256withECDSA", Instant.now());
    }

    static TestIdentity expired() {
        return of("EC", 256, "SHA256withECDSA", Instant.now().minus(Duration.ofDays(1000)));
    }

    static TestIdentity p384() {
        return of("EC", 384, "SHA256withECDSA", Instant.now());
    }

    static TestIdentity rsa() {
        return of("RSA", 2048, "SHA256withRSA", Instant.now());
    }

    Fingerprint fingerprint() {
        try {
            byte[] spki = certificate.getPublicKey().getEncoded();
            return new Fingerprint(Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(spki)));
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static TestIdentity of(String algorithm, int bits, String signature, Instant from) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=test");
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(from),
                            Date.from(from.plus(Duration.ofDays(30))),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder(signature).build(pair.getPrivate()));
            return new TestIdentity(pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(certificate));
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}
