package dev.lp2p.terminal;

import dev.lp2p.osp.identity.DisplayText;

/** Text that a peer supplied, as the terminal shows it: harmless, in one line, and never without a word. */
public final class UntrustedText {

    /** What is shown of a device's name. */
    static final int MAX_NAME = 64;

    /** What is shown of a file's path. */
    static final int MAX_PATH = 200;

    /** More digits than this in a name could be a code; fewer are a model number. */
    private static final int HARMLESS_DIGITS = 2;

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
        return name.codePoints()
                .map(c -> readsAsDigit(c) ? '•' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String clean(String text, int maxCodePoints) {
        String visible = DisplayText.clean(text, maxCodePoints);
        return visible.isEmpty() ? NOTHING_LEFT : visible;
    }

    private static boolean readsAsDigit(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
