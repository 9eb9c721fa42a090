package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lp2p.gateway.GatewayMessage.ForThing;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import dev.lp2p.gateway.GatewayMessage.Making;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Garbage in every field of every message of a page, and every message cut short. */
class EveryMessageTest {

    private static final List<String> GARBAGE = List.of(
            "null",
            "true",
            "\"text\"",
            "-1",
            "0.5",
            "4294967296",
            "1e400",
            "18446744073709551616",
            "[]",
            "{}",
            "[\"x\"]",
            "[-1]");

    static Stream<Class<?>> messages() {
        return Stream.of(FromPage.class, Making.class, ForThing.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses()))
                .filter(Class::isRecord)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsOfAnotherKindThanItsFieldIsRefused(Class<?> message) {
        for (RecordComponent field : message.getRecordComponents()) {
            for (String garbage : GARBAGE) {
                if (!garbage.equals(goodValue(field))) {
                    assertBad(text(message, field.getName(), garbage));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void halfOfAMessageIsRefused(Class<?> message) {
        String whole = text(message, "", "");
        for (int length = 0; length < whole.length(); length++) {
            assertBad(whole.substring(0, length));
        }
        assertBad(whole + whole);
    }

    private static void assertBad(String message) {
        ProtocolViolation violation = catchThrowableOfType(ProtocolViolation.class, () -> GatewayCodec.decode(message));
        assertThat(violation).as(message).isNotNull();
        assertThat(violation.code()).as(message).isEqualTo(ProtocolViolation.Code.BAD_MESSAGE);
    }

    /** A message, right but for one field. */
    private static String text(Class<?> message, String wrong, String value) {
        String type =
                message.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", ".").toLowerCase(Locale.ROOT);
        return Arrays.stream(message.getRecordComponents())
                .map(field ->
                        "\"" + field.getName() + "\":" + (field.getName().equals(wrong) ? value : goodValue(field)))
                .collect(Collectors.joining(",", "{\"type\":\"" + type + "\"", "}"))
                .replaceFirst("(?<=\"" + type + "\")(?=\")", ",");
    }

    private static String goodValue(RecordComponent field) {
        Class<?> type = field.getType();
        if (type == boolean.class) {
            return "true";
        }
        if (type == List.class) {
            return "[]";
        }
        return type == String.class || field.getGenericType().getTypeName().endsWith("<java.lang.String>")
                ? "\"text\""
                : "2";
    }
}
