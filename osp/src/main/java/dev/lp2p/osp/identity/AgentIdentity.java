package dev.lp2p.osp.identity;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;

/**
 * Who this agent is: a private key that never leaves it, and the certificate that peers see. Peers know the agent by the
 * {@link #fingerprint()} of the key, which stays the same when the certificate is made anew for another name.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#certificates">Agent certificates</a>
 */
public final class AgentIdentity {

    private static final String CURVE = "secp256r1";

    private final PrivateKey privateKey;
    private final X509Certificate certificate;
    private final SerialNumber serialNumber;

    /** @throws IllegalArgumentException if the certificate is none that this class made */
    AgentIdentity(PrivateKey privateKey, X509Certificate certificate) {
        this.privateKey = privateKey;
        this.certificate = certificate;
        this.serialNumber = SerialNumber.of(certificate.getSerialNumber());
    }

    /**
     * A new agent, whom no peer knows.
     *
     * @param instanceName the DNS-SD instance name
     * @param modelName as in agent-info, not empty
     */
    public static AgentIdentity create(String instanceName, String modelName, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVE), random);
            KeyPair pair = generator.generateKeyPair();
            return certified(pair.getPrivate(), pair.getPublic(), SerialNumber.first(random), instanceName, modelName);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has P-256", e);
        }
    }

    /** The same agent under another instance name: the same key, the next serial number. */
    public AgentIdentity withInstanceName(String instanceName) {
        return withNames(instanceName, AgentCertificate.modelName(certificate));
    }

    /** The same agent, with a new certificate if these names change it. */
    public AgentIdentity withNames(String instanceName, String modelName) {
        if (AgentHostname.of(serialNumber.base64(), instanceName).equals(hostname())
                && AgentCertificate.modelName(certificate).equals(modelName)) {
            return this;
        }
        return certified(privateKey, certificate.getPublicKey(), serialNumber.next(), instanceName, modelName);
    }

    public PrivateKey privateKey() {
        return privateKey;
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** For the TXT record's {@code sn}. */
    public SerialNumber serialNumber() {
        return serialNumber;
    }

    /** The name that peers put into SNI. */
    public String hostname() {
        return AgentCertificate.hostname(certificate);
    }

    private static AgentIdentity certified(
            PrivateKey privateKey, PublicKey publicKey, SerialNumber serial, String instanceName, String modelName) {
        String hostname = AgentHostname.of(serial.base64(), instanceName);
        return new AgentIdentity(privateKey, AgentCertificate.sign(privateKey, publicKey, serial, hostname, modelName));
    }
}
