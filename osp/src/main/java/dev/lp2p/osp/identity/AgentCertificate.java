package dev.lp2p.osp.identity;

import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes and reads certificates with the fields that the specification asks for.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#certificates">Agent certificates</a>
 */
final class AgentCertificate {

    private static final String SIGNATURE_ALGORITHM = "SHA256withECDSA";

    // Trust is in the key, and many devices have no clock to go by: valid always.
    private static final Instant NOT_BEFORE = Instant.parse("2000-01-01T00:00:00Z");
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5
    private static final Instant NO_EXPIRATION = Instant.parse("9999-12-31T23:59:59Z");

    private AgentCertificate() {}

    static X509Certificate sign(
            PrivateKey privateKey, PublicKey publicKey, SerialNumber serial, String hostname, String modelName) {
        if (modelName.isBlank()) {
            throw new IllegalArgumentException("A model name is not empty");
        }
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    commonName(modelName),
                                    serial.value(),
                                    Date.from(NOT_BEFORE),
                                    Date.from(NO_EXPIRATION),
                                    commonName(hostname),
                                    publicKey)
                            .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                            .build(new JcaContentSignerBuilder(SIGNATURE_ALGORITHM).build(privateKey)));
        } catch (OperatorCreationException | CertificateException | CertIOException e) {
            throw new IllegalStateException("A P-256 key can sign a certificate", e);
        }
    }

    /** The issuer's common name. */
    static String modelName(X509Certificate certificate) {
        return commonName(certificate.getIssuerX500Principal().getEncoded());
    }

    /** The subject's common name. */
    static String hostname(X509Certificate certificate) {
        return commonName(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X500Name commonName(String value) {
        return new X500NameBuilder().addRDN(BCStyle.CN, value).build();
    }

    private static String commonName(byte[] encodedName) {
        RDN[] names = X500Name.getInstance(encodedName).getRDNs(BCStyle.CN);
        if (names.length == 1 && names[0].getFirst().getValue() instanceof ASN1String name) {
            return name.getString();
        }
        throw new IllegalArgumentException("Not a name of an agent's certificate");
    }
}
