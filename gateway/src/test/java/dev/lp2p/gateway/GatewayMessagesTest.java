package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The agent, the page's library and the document name the same messages with the same fields. */
class GatewayMessagesTest {

    private static final Path LIBRARY = Path.of("../web/lp2p/src/protocol.js");
    private static final Path DOCUMENT = Path.of("../docs/gateway-protocol.md");

    @Test
    void whatPagesSayIsTheSameInTheAgentTheLibraryAndTheDocument() throws IOException {
        Map<String, Set<String>> here = ofRecords(GatewayMessage.FromPage.class);
        assertThat(ofLibrary("PageMessage")).isEqualTo(here);
        assertThat(ofDocument("## Control messages of the page")).isEqualTo(here);
    }

    @Test
    void whatTheAgentSaysIsTheSameInTheAgentTheLibraryAndTheDocument() throws IOException {
        Map<String, Set<String>> here = ofRecords(GatewayMessage.FromAgent.class);
        assertThat(ofLibrary("AgentMessage")).isEqualTo(here);
        assertThat(ofDocument("## Control messages of the agent")).isEqualTo(here);
    }

    private static Map<String, Set<String>> ofRecords(Class<?> side) {
        return Arrays.stream(side.getDeclaredClasses())
                .filter(Class::isRecord)
                .collect(sorted(GatewayCodec::nameOf, message -> Arrays.stream(message.getRecordComponents())
                        .map(RecordComponent::getName)));
    }

    /** The union of types that ends with the name. */
    private static Map<String, Set<String>> ofLibrary(String name) throws IOException {
        String union = only("@typedef ((?:(?!@typedef).)*)\\} " + name + "\\s+\\*/", Files.readString(LIBRARY));
        return matches("\\{ type: '([a-z.]+)'([^{}]*)\\}", union)
                .collect(sorted(message -> message.group(1), message -> matches("(\\w+)\\??:", message.group(2))
                        .map(field -> field.group(1))));
    }

    /** The table under the heading. */
    private static Map<String, Set<String>> ofDocument(String heading) throws IOException {
        String section = only(heading + "\n(.*?)\n## ", Files.readString(DOCUMENT));
        return matches("(?m)^\\| `([a-z.]+)` \\|([^|]*)\\|", section)
                .filter(row -> !row.group(1).equals("type"))
                .collect(sorted(row -> row.group(1), row -> {
                    String withoutValues = row.group(2).replaceAll("\\([^)]*\\)", "");
                    return matches("`(\\w+)`", withoutValues).map(field -> field.group(1));
                }));
    }

    private static <T> Collector<T, ?, Map<String, Set<String>>> sorted(
            Function<T, String> type, Function<T, Stream<String>> fields) {
        return Collectors.toMap(
                type,
                each -> fields.apply(each).collect(Collectors.toCollection(TreeSet::new)),
                (a, b) -> a,
                TreeMap::new);
    }

    private static String only(String pattern, String text) {
        return matches("(?s)" + pattern, text)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Nothing like " + pattern))
                .group(1);
    }

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }
}
