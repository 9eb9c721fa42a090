package dev.lp2p.drop;

/** Text of a peer, made fit to be shown: bounded, and nothing in it moves the cursor or turns the reading order around. */
final class Printable {

    private static final int MAX_LENGTH = DropProtocol.MAX_PATH_BYTES;

    private Printable() {}

    static String of(String text) {
        String bounded = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return bounded.codePoints()
                .map(c -> isControl(c) || reordersText(c) || isUnpairedSurrogate(c) ? '\uFFFD' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static boolean isControl(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** The overrides, embeddings and isolates that make "gpj.exe" read as "exe.jpg". */
    static boolean reordersText(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }

    static boolean isUnpairedSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
