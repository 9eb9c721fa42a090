package dev.lp2p;

import dev.lp2p.osp.identity.DisplayText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names that other devices give themselves: bounded and stripped before anybody sees them, folded to compare them. */
final class DisplayNames {

    /** Code points of a name that are shown; a DNS-SD name has at most 63 bytes, agent-info any number. */
    static final int MAX_LENGTH = 63;

    /**
     * Three digits or more with anything but letters between them; the shortest code has seven. Digits are numbers of all
     * kinds, in circles and as keycaps too.
     */
    private static final Pattern CODE = Pattern.compile("\\p{N}(?:[^\\p{L}\\p{N}]*\\p{N}){2,}\\p{M}*");

    private DisplayNames() {}

    static String clean(String name) {
        return DisplayText.clean(name, MAX_LENGTH);
    }

    /** With each run of digits that could be taken for a code masked; for names that stand beside a question for a code. */
    static String withoutCodes(String cleanName) {
        return CODE.matcher(cleanName).replaceAll("•••");
    }

    /** What look-alike names have in common: compatible characters and case are the same, and spaces are nothing. */
    static String folded(String name) {
        String compatible = Normalizer.normalize(clean(name), Normalizer.Form.NFKC);
        String folded = compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder visible = new StringBuilder();
        folded.codePoints()
                .filter(c -> !Character.isWhitespace(c) && Character.getType(c) != Character.FORMAT)
                .forEach(visible::appendCodePoint);
        return visible.toString();
    }
}
