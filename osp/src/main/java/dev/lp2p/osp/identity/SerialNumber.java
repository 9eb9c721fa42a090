package dev.lp2p.osp.identity;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The serial number of an agent's certificate: a random base for the agent's life, and a counter that grows with each new
 * certificate. Always positive, always 20 octets, and its base64url form is a legal DNS label.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#computing-certificate-serial-number">Certificate
 *     serial number</a>
 */
public final class SerialNumber {

    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2 allows no more, and nothing negative.
    private static final int BYTES = 20;

    private static final int BASE_BYTES = 16;
    private static final long MAX_COUNTER = 0xffff_ffffL;

    private final byte[] bytes;

    private SerialNumber(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The first of a new agent. */
    public static SerialNumber first(SecureRandom random) {
        while (true) {
            byte[] base = uuid(random);
            SerialNumber first = new SerialNumber(with(base, 1));
            // A first octet of 0 would be left out of the certificate, one of 128 or more would be negative.
            if (base[0] > 0 && first.isLegalLabel()) {
                return first;
            }
        }
    }

    /**
     * The number of a certificate that this class made.
     *
     * @throws IllegalArgumentException if it cannot be one
     */
    static SerialNumber of(BigInteger value) {
        byte[] bytes = value.toByteArray();
        SerialNumber serial = new SerialNumber(bytes);
        if (bytes.length != BYTES || bytes[0] <= 0 || !serial.isLegalLabel()) {
            throw new IllegalArgumentException("Not the serial number of an agent's certificate");
        }
        return serial;
    }

    /** The number of the same agent's next certificate. Counters whose encoding is no DNS label are skipped. */
    public SerialNumber next() {
        for (long counter = counter() + 1; counter <= MAX_COUNTER; counter++) {
            SerialNumber next = new SerialNumber(with(bytes, counter));
            if (next.isLegalLabel()) {
                return next;
            }
        }
        throw new IllegalStateException("The agent has used all its serial numbers");
    }

    public BigInteger value() {
        return new BigInteger(bytes);
    }

    /** As it stands in the TXT record's {@code sn}. */
    public String base64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    long counter() {
        return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).getInt(BASE_BYTES));
    }

    /** Begins with a letter and never ends with a hyphen, by its length and first bit: only underscores need a look. */
    private boolean isLegalLabel() {
        return !Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).contains("_");
    }

    private static byte[] with(byte[] base, long counter) {
        byte[] bytes = Arrays.copyOf(base, BYTES);
        ByteBuffer.wrap(bytes).putInt(BASE_BYTES, (int) counter);
        return bytes;
    }

    // https://www.rfc-editor.org/rfc/rfc4122#section-4.4
    private static byte[] uuid(SecureRandom random) {
        byte[] uuid = new byte[BASE_BYTES];
        random.nextBytes(uuid);
        uuid[6] = (byte) ((uuid[6] & 0x0f) | 0x40);
        uuid[8] = (byte) ((uuid[8] & 0x3f) | 0x80);
        return uuid;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SerialNumber serial && Arrays.equals(bytes, serial.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return base64();
    }
}
