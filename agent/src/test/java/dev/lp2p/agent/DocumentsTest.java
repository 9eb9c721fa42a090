package dev.lp2p.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point to is there. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..");

    /** {@code SomeTest.aSentence}, and {@code .another} of the class before it. */
    private static final Pattern ATTACK = Pattern.compile("`(\\w+Test)?(?:\\.(\\w+))?`");

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|mailto:|#)([^)#]+)[^)]*\\)");

    @Test
    void everyPromiseIsAttackedByTestsThatExist() throws IOException {
        Map<String, String> tests = sources("src/test/java");
        List<String> missing = new ArrayList<>();
        String test = "";
        for (String attacks : column(section("## Promises"), 2)) {
            for (MatchResult attack : ATTACK.matcher(attacks).results().toList()) {
                test = attack.group(1) == null ? test : attack.group(1);
                String method = attack.group(2);
                String source = tests.getOrDefault(test, "");
                if (source.isEmpty() || (method != null && !source.contains("void " + method + "("))) {
                    missing.add(test + "." + method);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyCapIsInATypeThatExists() throws IOException {
        List<String> where = column(section("## Caps"), 3).stream()
                .flatMap(cell ->
                        Pattern.compile("`(?:\\w+ )?(\\w+)[^`]*`").matcher(cell).results())
                .map(type -> type.group(1))
                .toList();

        assertThat(where).isNotEmpty();
        assertThat(sources("src/main/java")).containsKeys(where.toArray(String[]::new));
    }

    @Test
    void everyDecisionHasANumberOfItsOwnAndIsListed() throws IOException {
        Path folder = ROOT.resolve("docs/adr");
        List<String> decisions = list(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.matches("\\d{4}-.*"))
                .sorted()
                .toList();

        assertThat(decisions).isNotEmpty();
        assertThat(decisions.stream().map(name -> name.substring(0, 4))).doesNotHaveDuplicates();
        assertThat(links(folder.resolve("README.md"))).containsExactlyElementsOf(decisions);
    }

    @Test
    void everyModuleHasItsRow() throws IOException {
        String page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        List<String> modules = Pattern.compile("<module>(.*?)</module>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> "| `" + module.group(1) + "/` |")
                .toList();

        assertThat(modules).isNotEmpty();
        assertThat(page).contains(modules);
    }

    @Test
    void everyLinkLeadsToAFile() throws IOException {
        for (Path page : pages()) {
            assertThat(links(page)).as(page.toString()).allSatisfy(link -> assertThat(page.resolveSibling(link))
                    .exists());
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("docs/adr"), ROOT.resolve("examples"))) {
            list(folder).stream()
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(pages::add);
        }
        return pages;
    }

    private static List<String> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** Of SECURITY.md, up to the next heading. */
    private static String section(String heading) throws IOException {
        String page = Files.readString(ROOT.resolve("SECURITY.md"));
        String rest = page.substring(page.indexOf(heading) + heading.length());
        return rest.substring(0, rest.indexOf("\n## "));
    }

    private static List<String> column(String table, int number) {
        return table.lines()
                .filter(line -> line.startsWith("|"))
                .map(row -> row.split("\\|", -1)[number])
                .toList();
    }

    /** By the name of the type. */
    private static Map<String, String> sources(String folder) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path module : list(ROOT)) {
            if (Files.isDirectory(module.resolve(folder))) {
                try (Stream<Path> found = Files.walk(module.resolve(folder))) {
                    found.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
                }
            }
        }
        return files.stream()
                .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
                .collect(Collectors.toMap(
                        file -> file.getFileName().toString().replace(".java", ""),
                        DocumentsTest::read,
                        (one, another) -> one + another));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
