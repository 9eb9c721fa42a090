package dev.lp2p.osp.identity;

/**
 * Text that a peer supplied, made safe to show in one line: it cannot move a cursor, colour or erase what stands on a
 * screen, turn the direction of reading, or fill the screen. It stays unverified, which whoever shows it says.
 */
public final class DisplayText {

    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final String CUT = "…";

    private DisplayText() {}

    /**
     * Without control, format and private characters and halves of surrogates, with a single space for any white space,
     * and at most {@code maxCodePoints} long, the last of which then says that the text was cut. Nothing may be left.
     */
    public static String clean(String text, int maxCodePoints) {
        StringBuilder clean = new StringBuilder();
        int length = 0;
        // One more than is shown, and a space that may be the last, tell whether there is more to show.
        for (int i = 0; i < text.length() && length <= maxCodePoints + 1; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isSpace(c)) {
                if (clean.isEmpty() || clean.charAt(clean.length() - 1) == ' ') {
                    continue;
                }
                c = ' ';
            } else if (!isVisible(c)) {
                continue;
            }
            clean.appendCodePoint(c);
            length++;
        }
        String visible = clean.toString().strip();
        if (visible.codePointCount(0, visible.length()) <= maxCodePoints) {
            return visible;
        }
        return visible.substring(0, visible.offsetByCodePoints(0, maxCodePoints - 1)) + CUT;
    }

    private static boolean isSpace(int codePoint) {
        return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            // Bidirectional controls, tags and invisible operators are all format characters; emoji need the joiner.
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER;
            default -> true;
        };
    }
}
