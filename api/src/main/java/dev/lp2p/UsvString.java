package dev.lp2p;

/**
 * What a page's strings become when they are sent: half a surrogate pair is no character, and U+FFFD takes its place.
 *
 * @see <a href="https://webidl.spec.whatwg.org/#idl-USVString">USVString</a>
 */
final class UsvString {

    private static final char REPLACEMENT = '\uFFFD';

    private UsvString() {}

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        StringBuilder result = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            boolean isPair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                result.setCharAt(i, REPLACEMENT);
            }
        }
        return result.toString();
    }
}
