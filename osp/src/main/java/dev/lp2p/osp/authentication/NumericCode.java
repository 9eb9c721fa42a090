package dev.lp2p.osp.authentication;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A pre-shared key as digits for a person to read and type.
 *
 * @see <a href="https://w3c.github.io/openscreenprotocol/network.html#appendix-c-base-10">Base-10 numeric</a>
 */
public final class NumericCode {

    private static final int MAX_DIGITS_IN_GROUPS_OF_THREE = 9;
    private static final int SHORT_GROUP = 3;
    private static final int LONG_GROUP = 4;

    /** More than any key has, with leading zeros; keeps what a person pastes from becoming a huge number. */
    private static final int MAX_DIGITS = 32;

    private NumericCode() {}

    /** Groups of digits with dashes between, such as {@code 0614-8854-8833}. */
    public static String format(Psk psk) {
        String digits = psk.value().toString();
        int group = digits.length() <= MAX_DIGITS_IN_GROUPS_OF_THREE ? SHORT_GROUP : LONG_GROUP;
        // The specification would add a whole group of zeros where the digits divide already; nobody needs to read it.
        int padding = (group - digits.length() % group) % group;
        return "0".repeat(padding).concat(digits).replaceAll("(\\d{" + group + "})(?=\\d)", "$1-");
    }

    /**
     * The key that a person typed. Spaces and dashes may stand anywhere, and digits of any script will do.
     *
     * @return empty if {@code typed} can be no code
     */
    public static Optional<Psk> parse(String typed) {
        StringBuilder digits = new StringBuilder();
        for (int c : typed.codePoints().toArray()) {
            if (Character.isDigit(c)) {
                digits.append(Character.digit(c, 10));
            } else if (!isSeparator(c)) {
                return Optional.empty();
            }
        }
        return digits.isEmpty() || digits.length() > MAX_DIGITS
                ? Optional.empty()
                : psk(new BigInteger(digits.toString()));
    }

    static Optional<Psk> psk(BigInteger value) {
        return value.bitLength() > Psk.MAX_BITS ? Optional.empty() : Optional.of(new Psk(value));
    }

    private static boolean isSeparator(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.DASH_PUNCTUATION
                || c == '\u2212'; // the minus sign, which is no dash
    }
}
