package dev.lp2p.drop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page that describes the protocol. */
final class Documentation {

    private static final Path PAGE = Path.of("..", "docs", "drop-protocol.md");

    private Documentation() {}

    /** The lines of the page's only block of this language. */
    static List<String> block(String language) throws IOException {
        return Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.equals("```" + language))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .toList();
    }
}
