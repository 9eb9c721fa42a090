package dev.lp2p.mdns;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The type of a service in the domain {@code local}, such as {@code _openscreen._udp}; letters are kept small.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6763#section-7">Service names</a>
 */
public record ServiceType(String value) {

    private static final Pattern SYNTAX =
            Pattern.compile("_(?=[a-z0-9-]{0,14}[a-z])[a-z0-9](-?[a-z0-9]){0,14}\\._(udp|tcp)");

    /** @throws IllegalArgumentException if {@code value} is not a service name and {@code _udp} or {@code _tcp} */
    public ServiceType {
        value = value.toLowerCase(Locale.ROOT);
        if (!SYNTAX.matcher(value).matches() || value.length() > "_.".length() + 15 + "_udp".length()) {
            throw new IllegalArgumentException(
                    "A service type is an underscore, 1 to 15 letters, digits and hyphens, and ._udp or ._tcp, such as"
                            + " _openscreen._udp; not " + value);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
