package dev.lp2p.osp.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * The identity of an agent: the SHA-256 hash of its certificate's public key (SPKI), in base64.
 *
 * @param value the 44 ASCII characters, as they stand in TXT records and in the SPAKE2 transcript
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#computing-agent-fingerprint">Agent fingerprint</a>
 */
public record Fingerprint(String value) implements Comparable<Fingerprint> {

    /** Bytes of a SHA-256 hash. */
    private static final int HASH_BYTES = 32;

    /** @throws IllegalArgumentException if {@code value} is not canonical base64 of 32 bytes */
    public Fingerprint {
        byte[] hash = Base64.getDecoder().decode(value);
        if (hash.length != HASH_BYTES
                || !Base64.getEncoder().encodeToString(hash).equals(value)) {
            throw new IllegalArgumentException("A fingerprint is base64 of 32 bytes");
        }
    }

    /** The fingerprint of the key in {@code certificate}, whoever signed it and whenever it is valid. */
    public static Fingerprint of(X509Certificate certificate) {
        return ofSubjectPublicKeyInfo(certificate.getPublicKey().getEncoded());
    }

    /** The fingerprint of a key in its DER encoding. */
    public static Fingerprint ofSubjectPublicKeyInfo(byte[] encoded) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(encoded);
            return new Fingerprint(Base64.getEncoder().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Orders by the ASCII characters; decides which of two crossing connections stays. */
    @Override
    public int compareTo(Fingerprint other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
