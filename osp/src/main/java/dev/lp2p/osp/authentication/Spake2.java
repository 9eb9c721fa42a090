package dev.lp2p.osp.authentication;

import cafe.cryptography.curve25519.CompressedEdwardsY;
import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.EdwardsPoint;
import cafe.cryptography.curve25519.InvalidEncodingException;
import cafe.cryptography.curve25519.Scalar;
import dev.lp2p.osp.identity.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * One side of one SPAKE2 run. Two sides that hold the same pre-shared key and saw the same fingerprints at both ends agree
 * on confirmations; anybody else, a relay in the middle included, learns nothing but whether the one key that it guessed is
 * right. A run serves one peer value and cannot be used again.
 *
 * <p>The suite is edwards25519, SHA-256, HKDF, HMAC, with SHA-512 for the password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9382">RFC 9382</a>
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#authentication-with-spake2">Authentication with
 *     SPAKE2</a>
 */
final class Spake2 {

    /** Whose constant blinds and which confirmation is whose. Independent of who is the QUIC client. */
    enum Role {
        /** The presenter of the key, in this project's agents. */
        ALICE,
        BOB
    }

    static final int PUBLIC_VALUE_BYTES = 32;

    // https://www.rfc-editor.org/rfc/rfc9382#name-ciphersuites
    private static final EdwardsPoint M = constant("d048032c6ea0b6d697ddc2e86bda85a33adac920f1bf18e1b0c6d166a5cecdaf");
    private static final EdwardsPoint N = constant("d3bfb518f44f3430f29d0c92af503865a1ed3281dc69b35dd868ba85f886c4ab");

    private static final int WIDE_SCALAR_BYTES = 64;

    private final Role role;
    private final Fingerprint client;
    private final Fingerprint server;
    private final byte[] publicValue;
    private Scalar w;
    private Scalar secret;
    private boolean spent;

    private Spake2(Role role, Fingerprint client, Fingerprint server, Scalar w, Scalar secret) {
        this.role = role;
        this.client = client;
        this.server = server;
        this.w = w;
        this.secret = secret;
        EdwardsPoint blinded = (role == Role.ALICE ? M : N).multiply(w);
        publicValue = blinded.add(Constants.ED25519_BASEPOINT_TABLE.multiply(secret))
                .compress()
                .toByteArray();
    }

    /** Begins a run; {@code client} and {@code server} are the two ends of the connection as this side sees them. */
    static Spake2 start(Role role, Fingerprint client, Fingerprint server, Psk psk, SecureRandom random) {
        byte[] wide = new byte[WIDE_SCALAR_BYTES];
        random.nextBytes(wide);
        Scalar secret = Scalar.fromBytesModOrderWide(wide);
        Arrays.fill(wide, (byte) 0);
        return new Spake2(role, client, server, hash(psk), secret);
    }

    /** Whether {@code value} is the one encoding of a point of prime order, as the value of an honest peer is. */
    static boolean isPublicValue(byte[] value) {
        if (value.length != PUBLIC_VALUE_BYTES) {
            return false;
        }
        try {
            EdwardsPoint point = new CompressedEdwardsY(value).decompress();
            return Arrays.equals(point.compress().toByteArray(), value) && !point.isIdentity() && point.isTorsionFree();
        } catch (InvalidEncodingException e) {
            return false;
        }
    }

    /** pA or pB, for the peer. */
    byte[] publicValue() {
        return publicValue.clone();
    }

    /**
     * Computes the confirmations and ends the run.
     *
     * @throws InvalidPublicValueException if the value is no public value, or our own sent back
     */
    Keys finish(byte[] peerPublicValue) throws InvalidPublicValueException {
        if (spent) {
            throw new IllegalStateException("A SPAKE2 run serves one peer value");
        }
        if (!isPublicValue(peerPublicValue)) {
            throw new InvalidPublicValueException("The peer's public value is not a valid point");
        }
        if (MessageDigest.isEqual(publicValue, peerPublicValue)) {
            throw new InvalidPublicValueException("The peer sent our own public value back");
        }
        EdwardsPoint unblinded = decode(peerPublicValue).subtract((role == Role.ALICE ? N : M).multiply(w));
        EdwardsPoint shared = unblinded.multiply(secret).multiplyByCofactor();
        if (shared.isIdentity()) {
            throw new InvalidPublicValueException("The peer's public value carries no secret");
        }
        Spake2Transcript transcript = transcript(peerPublicValue, shared);
        destroy();
        return role == Role.ALICE
                ? new Keys(transcript.confirmationA(), transcript.confirmationB())
                : new Keys(transcript.confirmationB(), transcript.confirmationA());
    }

    /** Forgets the secrets. The point library's numbers cannot be wiped, only let go. */
    void destroy() {
        spent = true;
        w = Scalar.ZERO;
        secret = Scalar.ZERO;
    }

    private Spake2Transcript transcript(byte[] peerPublicValue, EdwardsPoint shared) {
        return new Spake2Transcript(
                client.value().getBytes(StandardCharsets.US_ASCII),
                server.value().getBytes(StandardCharsets.US_ASCII),
                role == Role.ALICE ? publicValue : peerPublicValue,
                role == Role.ALICE ? peerPublicValue : publicValue,
                shared.compress().toByteArray(),
                bigEndian(w));
    }

    /** w: SHA-512 of the digits, as a little-endian number modulo the group's order. */
    private static Scalar hash(Psk psk) {
        byte[] digits = psk.digits();
        try {
            return Scalar.fromBytesModOrderWide(
                    MessageDigest.getInstance("SHA-512").digest(digits));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-512", e);
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static byte[] bigEndian(Scalar scalar) {
        byte[] little = scalar.toByteArray();
        byte[] big = new byte[little.length];
        for (int i = 0; i < little.length; i++) {
            big[i] = little[little.length - 1 - i];
        }
        return big;
    }

    private static EdwardsPoint constant(String hex) {
        return decode(HexFormat.of().parseHex(hex));
    }

    private static EdwardsPoint decode(byte[] valid) {
        try {
            return new CompressedEdwardsY(valid).decompress();
        } catch (InvalidEncodingException e) {
            throw new IllegalArgumentException("Not a point", e);
        }
    }

    /** What a run agreed on. */
    static final class Keys {

        private final byte[] own;
        private final byte[] expected;
        private boolean destroyed;

        private Keys(byte[] own, byte[] expected) {
            this.own = own;
            this.expected = expected;
        }

        /** cA or cB, for the peer. Once it is sent, the peer can test one guess of the key against it. */
        byte[] ownConfirmation() {
            return own.clone();
        }

        /** Whether the peer knows the key and sees the same two fingerprints; takes the same time either way. */
        boolean verifies(byte[] peerConfirmation) {
            return MessageDigest.isEqual(expected, peerConfirmation) && !destroyed;
        }

        /** Wipes the confirmations; nothing verifies any more. */
        void destroy() {
            destroyed = true;
            Arrays.fill(own, (byte) 0);
            Arrays.fill(expected, (byte) 0);
        }
    }
}
