package dev.lp2p.osp.identity;

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
