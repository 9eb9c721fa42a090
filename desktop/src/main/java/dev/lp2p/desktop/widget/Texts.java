package dev.lp2p.desktop.widget;

import dev.lp2p.osp.identity.DisplayText;
import dev.lp2p.osp.identity.Fingerprint;
import javax.swing.JComponent;

/** Text that somebody else wrote, as it is shown: bounded, in one line, never run as HTML, and never without a word. */
public final class Texts {

    /** What is shown of the name of a device, a page or a program. */
    static final int MAX_NAME = 63;

    /** More digits than this in a name could be a code; fewer are a model number. */
    private static final int HARMLESS_DIGITS = 2;

    private static final String NOTHING_LEFT = "a device without a name";

    // In groups of four, enough to tell devices apart; the whole stands in the tool tip.
    private static final int FINGERPRINT_GROUP = 4;
    private static final int FINGERPRINT_SHOWN = 4 * FINGERPRINT_GROUP;

    private Texts() {}

    /** The name, in quotation marks, which say that it is the device's own word. */
    public static String quoted(String name) {
        String clean = DisplayText.clean(name, MAX_NAME);
        return clean.isEmpty() ? NOTHING_LEFT : "“" + clean + "”";
    }

    /** The name beside a question for a code: without digits that somebody could take for one. */
    public static String quotedBesideCode(String name) {
        String clean = DisplayText.clean(name, MAX_NAME);
        if (clean.codePoints().filter(Texts::readsAsDigit).count() <= HARMLESS_DIGITS) {
            return quoted(clean);
        }
        return quoted(clean.codePoints()
                .map(c -> readsAsDigit(c) ? '•' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    /** Enough of a fingerprint to tell two devices apart. */
    public static String shortened(Fingerprint fingerprint) {
        String shown = fingerprint.value().substring(0, FINGERPRINT_SHOWN);
        return shown.replaceAll("(.{" + FINGERPRINT_GROUP + "})(?!$)", "$1 ") + " …";
    }

    /** Swing takes a text that begins with {@code <html>} for a page, unless it is told not to. */
    public static void disableHtml(JComponent component) {
        component.putClientProperty("html.disable", true);
    }

    private static boolean readsAsDigit(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
