package dev.lp2p.osp.authentication;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;

/**
 * A pre-shared key as the text of a QR code.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#appendix-c-qr-code">QR code</a>
 */
public final class QrCode {

    private static final String HEXADECIMAL = "[0-9A-Fa-f]{1,32}";

    private QrCode() {}

    /** Uppercase hexadecimal without a prefix, which a QR code holds in its compact alphanumeric mode. */
    public static String text(Psk psk) {
        return psk.value().toString(16).toUpperCase(Locale.ROOT);
    }

    /** @return empty if {@code scanned} is not the text of a key */
    public static Optional<Psk> parse(String scanned) {
        String text = scanned.strip();
        return text.matches(HEXADECIMAL) ? NumericCode.psk(new BigInteger(text, 16)) : Optional.empty();
    }
}
