package dev.lp2p.mdns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a service instance: one DNS label of 1 to 63 bytes, which may hold any bytes at all, dots and zeros too,
 * and is UTF-8 by convention.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6763#section-4.1.1">Instance names</a>
 */
public final class InstanceName {

    /** The most bytes that a DNS label holds. */
    public static final int MAX_BYTES = 63;

    private static final Pattern NUMBERED = Pattern.compile("(.*) \\((\\d{1,6})\\)", Pattern.DOTALL);
    private static final char END_OF_TRUNCATED_NAME = 0;

    private final byte[] bytes;

    private InstanceName(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "An instance name has 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if {@code name} has no or more than {@value #MAX_BYTES} bytes in UTF-8 */
    public static InstanceName of(String name) {
        return new InstanceName(name.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException if there are no or more than {@value #MAX_BYTES} bytes */
    public static InstanceName of(byte[] bytes) {
        return new InstanceName(bytes.clone());
    }

    /** The bytes as they stand in the DNS label. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The name to try when this one is in use: "Name" becomes "Name (2)", that becomes "Name (3)". What does not fit is
     * cut off before the number, between characters; a zero at the end stays at the end.
     */
    InstanceName next() {
        String name = toString();
        String end = "";
        if (name.length() > 1 && name.charAt(name.length() - 1) == END_OF_TRUNCATED_NAME) {
            name = name.substring(0, name.length() - 1);
            end = String.valueOf(END_OF_TRUNCATED_NAME);
        }
        int number = 2;
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
            name = numbered.group(1);
            number = Integer.parseInt(numbered.group(2)) + 1;
        }
        String suffix = " (" + number + ")" + end;
        int room = MAX_BYTES - suffix.length();
        while (name.getBytes(StandardCharsets.UTF_8).length > room) {
            name = name.substring(0, name.offsetByCodePoints(name.length(), -1));
        }
        return of(name + suffix);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InstanceName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The name as UTF-8; bytes that are none become U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
