package dev.lp2p.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a Java programmer reads first is what runs. */
class DocumentationTest {

    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = Path.of("src/main/java/dev/lp2p/examples");
    private static final int LINES = 40;

    @Test
    void theReadmeShowsLinesOfTheTvAndOfThePhone() throws IOException {
        List<String> shown = blocks(ROOT.resolve("README.md"), "```java\n(.*?)```");

        assertThat(shown).hasSize(2);
        assertThat(source("Tv")).containsSubsequence(lines(shown.get(0)));
        assertThat(source("Phone")).containsSubsequence(lines(shown.get(1)));
    }

    @Test
    void theJavadocShowsWhatTheReadmeShows() throws IOException {
        List<String> shown = blocks(ROOT.resolve("docs/overview.html"), "<pre><code>\n(.*?)</code></pre>").stream()
                .map(html -> html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
                .toList();

        assertThat(shown).isEqualTo(blocks(ROOT.resolve("README.md"), "```java\n(.*?)```"));
    }

    @Test
    void theTableNamesEachExample() throws IOException {
        List<String> named =
                blocks(Path.of("README.md"), "\\| `(\\w+) STATE").stream().toList();

        assertThat(named)
                .containsExactlyInAnyOrderElementsOf(programs()
                        .map(file -> file.getFileName().toString().replace(".java", ""))
                        .flatMap(name -> name.equals("Chat") ? Stream.of(name, name) : Stream.of(name))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("programs")
    void eachFitsOnAPage(Path program) throws IOException {
        assertThat(Files.readAllLines(program)).hasSizeLessThanOrEqualTo(LINES);
    }

    static Stream<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> !file.endsWith("package-info.java")).toList().stream();
        }
    }

    private static List<String> source(String program) throws IOException {
        return lines(Files.readString(SOURCES.resolve(program + ".java")));
    }

    /** Without what they are indented by. */
    private static List<String> lines(String text) {
        return text.lines().map(String::strip).toList();
    }

    private static List<String> blocks(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(Files.readString(file))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
