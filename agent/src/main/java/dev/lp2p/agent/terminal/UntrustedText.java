package dev.lp2p.agent.terminal;

import java.text.Normalizer;
import java.util.function.IntUnaryOperator;

/**
 * Text that a peer supplied, made safe to show: it cannot move the cursor, colour or erase what stands on the screen,
 * turn the direction of reading, or fill the screen. It stays unverified, which whoever shows it says.
 */
public final class UntrustedText {

    /** What is shown of a device's name. */
    static final int MAX_NAME = 64;

    /** What is shown of a file's path. */
    static final int MAX_PATH = 200;

    /** More digits than this in a name could be a code; fewer are a model number. */
    private static final int HARMLESS_DIGITS = 2;

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final String NOTHING_LEFT = "(no name)";

    private UntrustedText() {}

    /** A device's name, in one line. */
    public static String name(String text) {
        return clean(text, MAX_NAME);
    }

    /** A file's path, in one line. */
    public static String path(String text) {
        return clean(text, MAX_PATH);
    }

    /** A device's name beside a question for a code: without digits that somebody could take for one. */
    public static String nameBesideCode(String text) {
        String name = name(text);
        if (name.codePoints().filter(UntrustedText::readsAsDigit).count() <= HARMLESS_DIGITS) {
            return name;
        }
        return mapped(name, c -> readsAsDigit(c) ? '•' : c);
    }

    private static String clean(String text, int maxCodePoints) {
        String visible = mapped(Normalizer.normalize(text, Normalizer.Form.NFC), c -> isHarmless(c) ? c : -1)
                .strip();
        if (visible.isEmpty()) {
            return NOTHING_LEFT;
        }
        if (visible.codePointCount(0, visible.length()) <= maxCodePoints) {
            return visible;
        }
        return visible.substring(0, visible.offsetByCodePoints(0, maxCodePoints - 1)) + "…";
    }

    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            // Bidirectional controls, tags and invisible operators are all format characters; emoji need the joiner.
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }

    private static boolean readsAsDigit(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    private static String mapped(String text, IntUnaryOperator map) {
        return text.codePoints()
                .map(map)
                .filter(c -> c >= 0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
