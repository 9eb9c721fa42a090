package dev.lp2p.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JavaScript library, as it was built into this jar. */
final class LibraryFiles {

    static final String NAME = "lp2p";

    private static final Pattern PATH = Pattern.compile("/lp2p/src/([a-z0-9-]+\\.js)");

    private LibraryFiles() {}

    static Optional<ServedFile> find(String path) throws IOException {
        Matcher file = PATH.matcher(path);
        if (!file.matches()) {
            return Optional.empty();
        }
        try (InputStream in = LibraryFiles.class.getResourceAsStream("library/" + file.group(1))) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new ServedFile(ServedFile.JAVASCRIPT, ByteBuffer.wrap(in.readAllBytes())));
        }
    }
}
