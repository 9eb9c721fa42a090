package dev.lp2p.terminal;

/** How many columns text takes on a terminal, and how to cut it to fit. */
final class TextWidth {

    private static final String ELLIPSIS = "…";
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private TextWidth() {}

    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /** Cuts the middle out of {@code text} so that it takes at most {@code columns}: a file's ending says what it is. */
    static String fit(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        int[] codePoints = text.codePoints().toArray();
        int room = Math.max(0, columns - 1);
        int tailStart = codePoints.length;
        int tail = 0;
        while (tailStart > 0 && tail + of(codePoints[tailStart - 1]) <= room / 2) {
            tail += of(codePoints[--tailStart]);
        }
        int headEnd = 0;
        int head = 0;
        while (headEnd < tailStart && head + of(codePoints[headEnd]) <= room - tail) {
            head += of(codePoints[headEnd++]);
        }
        return new String(codePoints, 0, headEnd)
                + ELLIPSIS
                + new String(codePoints, tailStart, codePoints.length - tailStart);
    }

    /** Fills {@code text} up with spaces on the right. */
    static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - of(text)));
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || codePoint == ZERO_WIDTH_JOINER) {
            return 0;
        }
        return isWide(codePoint) ? 2 : 1;
    }

    /** The large ranges of Unicode's East Asian Width W and F; the rest is not worth a table. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F) // Hangul Jamo
                || (c >= 0x2E80 && c <= 0xA4CF) // CJK, kana
                || (c >= 0xAC00 && c <= 0xD7A3) // Hangul syllables
                || (c >= 0xF900 && c <= 0xFAFF) // CJK compatibility
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60) // full-width forms
                || (c >= 0x1F300 && c <= 0x1FAFF) // emoji
                || (c >= 0x20000 && c <= 0x3FFFD);
    }
}
