package dev.lp2p;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who uses the API: a web site, a browser's extension, or a program. A value that exists is valid, and two are the same
 * place if and only if they are equal. A peer may claim any origin: what it claims is the word of its device.
 *
 * @param value a web origin as the URL standard serialises it ({@code https://example.com}), an extension's
 *     ({@code chrome-extension://…}), or a program's ({@code lp2p:drop})
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin">Origin</a>
 */
public record Origin(String value) {

    /** The longest host, 253 characters, with a scheme and a port. */
    public static final int MAX_LENGTH = 300;

    // Ours: programs have origins too.
    private static final String PROGRAM_SCHEME = "lp2p:";

    private static final int MAX_PROGRAM_NAME = 64;
    private static final Pattern PROGRAM =
            Pattern.compile("lp2p:[a-z0-9][a-z0-9._-]{0," + (MAX_PROGRAM_NAME - 1) + "}");
    private static final Pattern NOT_IN_PROGRAM_NAMES = Pattern.compile("[^a-z0-9._-]+");

    /** A program that was given no name; not even another such one is the same. */
    public static final Origin UNNAMED = new Origin(PROGRAM_SCHEME + "unnamed");

    /** @throws IllegalArgumentException if {@code value} is not an origin, or not in the one way to write it */
    public Origin {
        if (!canonical(value).equals(Optional.of(value))) {
            throw new IllegalArgumentException(
                    "An origin is like https://example.com, http://localhost:8080 or lp2p:drop");
        }
    }

    /** The origin that is written here, in upper case or with a default port as well. */
    public static Optional<Origin> parse(String text) {
        return canonical(text).map(Origin::new);
    }

    /**
     * The origin of a program, {@code lp2p:chat-app} for "Chat App".
     *
     * @throws IllegalArgumentException if no letter from a to z and no digit is in the name, or it is too long
     */
    public static Origin ofProgram(String name) {
        String folded =
                NOT_IN_PROGRAM_NAMES.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
        return new Origin(PROGRAM_SCHEME + folded.replaceAll("^[._-]+|[._-]+$", ""));
    }

    /** Whether it is a program's, which is no web site. */
    public boolean isProgram() {
        return value.startsWith(PROGRAM_SCHEME);
    }

    /**
     * Whether this, on one device, is the same site or program as the other, on another device. What every machine or
     * network has one of its own of is not: loopback and private addresses, {@code .local} and single-label names,
     * extensions, and programs without a name.
     */
    public boolean matches(Origin other) {
        return equals(other) && isSameEverywhere();
    }

    @Override
    public String toString() {
        return value;
    }

    private boolean isSameEverywhere() {
        return isProgram() ? !value.equals(PROGRAM_SCHEME + "unnamed") : WebOrigin.isSameEverywhere(value);
    }

    private static Optional<String> canonical(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return PROGRAM.matcher(text).matches() ? Optional.of(text) : WebOrigin.canonical(text);
    }
}
