package dev.lp2p.drop;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Names that every common system can store, whichever this one is: a received folder may be shared, or carried to
 * another.
 */
final class SafeName {

    private static final String REPLACEMENT = "_";

    /** Device names of Windows, which it takes with any extension. */
    private static final Pattern RESERVED =
            Pattern.compile("(?i)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³])[ ]*(\\..*)?");

    private static final Pattern TRAILING_DOTS_AND_SPACES = Pattern.compile("[. ]+$");

    /** What Windows stores in no name; elsewhere titles with a question mark keep theirs. */
    private static final Pattern NOT_ON_WINDOWS = Pattern.compile("[<>:\"|?*]");

    private SafeName() {}

    /** The name to store for {@code raw}, which holds no separator and no control character. */
    static String of(String raw) {
        String name = Normalizer.normalize(raw, Normalizer.Form.NFC);
        name = name.codePoints()
                .map(c -> Printable.reordersText(c) ? '_' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        if (java.io.File.separatorChar == '\\') {
            name = NOT_ON_WINDOWS.matcher(name).replaceAll(REPLACEMENT);
        }
        name = TRAILING_DOTS_AND_SPACES
                .matcher(name)
                .replaceAll(run -> REPLACEMENT.repeat(run.group().length()));
        if (RESERVED.matcher(name).matches()) {
            name = REPLACEMENT + name;
        }
        return withSuffix(name, "");
    }

    /**
     * The name to store in the receiving folder itself, which may be a person's home: what begins with a dot is seen by
     * nobody there, and is read by shells and other programs as their settings.
     */
    static String visible(String raw) {
        String name = of(raw);
        return name.startsWith(".") ? withSuffix(REPLACEMENT + name, "") : name;
    }

    /** {@code report.pdf} as {@code report (2).pdf}. */
    static String numbered(String name, int number) {
        return withSuffix(name, " (" + number + ")");
    }

    /** What two names have in common that differ only in case or normalisation. */
    static String folded(String name) {
        return Normalizer.normalize(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Puts the suffix before the extension, and shortens what is before it until the whole fits. */
    private static String withSuffix(String name, String suffix) {
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 ? name.substring(dot) : "";
        if (bytes(extension) + bytes(suffix) >= DropProtocol.MAX_NAME_BYTES / 2) {
            extension = "";
        }
        String stem = name.substring(0, name.length() - extension.length());
        while (bytes(stem) + bytes(suffix) + bytes(extension) > DropProtocol.MAX_NAME_BYTES) {
            stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        }
        return stem + suffix + extension;
    }
}
