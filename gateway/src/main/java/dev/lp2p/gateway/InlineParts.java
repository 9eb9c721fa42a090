package dev.lp2p.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The scripts and styles that stand in a page's file, by their hashes, so that an app can be one file and yet nothing runs
 * that came into the page later.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/#match-element-to-source-list">Content Security Policy</a>
 */
final class InlineParts {

    private static final Pattern SCRIPT =
            Pattern.compile("<script(?: type=\"module\")?>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    private InlineParts() {}

    /** What the policy of a page has beyond that of every file; empty for any other file. */
    static String policy(ServedFile file) {
        if (!file.isPage()) {
            return "";
        }
        // The parser of HTML knows one kind of line end.
        String page = StandardCharsets.UTF_8
                .decode(file.content().duplicate())
                .toString()
                .replace("\r\n", "\n");
        return sources("script-src", SCRIPT, page) + sources("style-src", STYLE, page);
    }

    private static String sources(String directive, Pattern part, String page) {
        String hashes =
                part.matcher(page).results().map(InlineParts::hash).distinct().collect(Collectors.joining());
        return hashes.isEmpty() ? "" : "; " + directive + " 'self'" + hashes;
    }

    private static String hash(MatchResult part) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(part.group(1).getBytes(StandardCharsets.UTF_8));
            return " 'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
