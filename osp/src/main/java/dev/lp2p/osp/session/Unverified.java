package dev.lp2p.osp.session;

/** Makes text of a stranger fit for a log or a message. */
final class Unverified {

    /** Characters of a stranger's text that are repeated. */
    private static final int MAX_LENGTH = 120;

    static String text(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        // Control and format characters, the latter with those that turn the direction of writing.
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Cs}]", "\uFFFD");
    }

    private Unverified() {}
}
