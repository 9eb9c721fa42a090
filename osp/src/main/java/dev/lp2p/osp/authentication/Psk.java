package dev.lp2p.osp.authentication;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The pre-shared key that one device shows and the other is told. Whoever knows it while its one authentication runs can
 * pass for the other device, so it has no {@code toString}, leaves only through {@link NumericCode} and {@link QrCode}, and
 * is wiped by {@link #destroy()}.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#appendix-b">PSK encoding schemes</a>
 */
public final class Psk {

    /** Ours have 61 at most; the specification lets others show up to 80. */
    static final int MAX_BITS = 80;

    /** The number in ASCII decimal digits, without leading zeros: {@code pw} of SPAKE2. */
    private final byte[] digits;

    Psk(long value) {
        this(BigInteger.valueOf(value));
    }

    /** @throws IllegalArgumentException if {@code value} is no number of up to {@value #MAX_BITS} bits */
    Psk(BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > MAX_BITS) {
            throw new IllegalArgumentException("A PSK is a number of at most " + MAX_BITS + " bits");
        }
        digits = value.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** A new key of {@code bitsOfEntropy} random bits and a set bit above them, so that it is never short or zero. */
    static Psk generate(int bitsOfEntropy, SecureRandom random) {
        return new Psk(new BigInteger(bitsOfEntropy, random).setBit(bitsOfEntropy));
    }

    /** A copy, which the caller wipes. */
    byte[] digits() {
        return digits.clone();
    }

    BigInteger value() {
        return new BigInteger(new String(digits, StandardCharsets.US_ASCII));
    }

    /** Wipes the number; what is made from the key afterwards is worthless. */
    void destroy() {
        Arrays.fill(digits, (byte) '0');
    }
}
