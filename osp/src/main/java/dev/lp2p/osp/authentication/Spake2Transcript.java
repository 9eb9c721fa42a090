package dev.lp2p.osp.authentication;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The transcript of a SPAKE2 run and the key schedule on it, whatever the group.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9382#name-key-schedule-and-key-confir">RFC 9382, section 4</a>
 */
final class Spake2Transcript {

    private static final byte[] KDF_INFO = "ConfirmationKeys".getBytes(StandardCharsets.US_ASCII);

    private final byte[] confirmationA;
    private final byte[] confirmationB;

    /**
     * Wipes {@code shared} and {@code w}.
     *
     * @param shared K
     * @param w big-endian, padded to the length of the group's order
     */
    Spake2Transcript(byte[] identityA, byte[] identityB, byte[] pA, byte[] pB, byte[] shared, byte[] w) {
        // https://www.rfc-editor.org/rfc/rfc9382#section-3.3
        byte[] transcript = concatenate(identityA, identityB, pA, pB, shared, w);
        byte[] hash = sha256(transcript);
        byte[] ka = Arrays.copyOfRange(hash, hash.length / 2, hash.length);
        byte[] confirmationKeys = confirmationKeys(ka);
        int half = confirmationKeys.length / 2;
        confirmationA = hmac(confirmationKeys, 0, half, transcript);
        confirmationB = hmac(confirmationKeys, half, half, transcript);
        for (byte[] secret : new byte[][] {transcript, hash, ka, confirmationKeys, shared, w}) {
            Arrays.fill(secret, (byte) 0);
        }
    }

    byte[] confirmationA() {
        return confirmationA;
    }

    byte[] confirmationB() {
        return confirmationB;
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(part.length)
                    .array());
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** KcA || KcB, each as long as Ka. The specification gives no associated data. */
    private static byte[] confirmationKeys(byte[] ka) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(ka, null, KDF_INFO));
        byte[] keys = new byte[2 * ka.length];
        hkdf.generateBytes(keys, 0, keys.length);
        return keys;
    }

    private static byte[] hmac(byte[] keys, int offset, int length, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys, offset, length, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has HMAC with SHA-256", e);
        }
    }
}
