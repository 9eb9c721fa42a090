package dev.lp2p.agent.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Tells a program what happens, in the order in which it is told; may be called from any thread. */
@FunctionalInterface
public interface EventOutput {

    EventOutput NONE = event -> {};

    void emit(Event event);

    /**
     * One JSON object a line in UTF-8, each written at once. A peer's text is in it as it came, but what would act on a
     * terminal or turn the direction of reading is escaped.
     */
    static EventOutput json(PrintStream stream) {
        JsonMapper mapper = JsonMapper.builder().build();
        return event -> {
            byte[] line = (toJson(mapper, event) + "\n").getBytes(StandardCharsets.UTF_8);
            synchronized (stream) {
                stream.write(line, 0, line.length);
                stream.flush();
            }
        };
    }

    private static String toJson(JsonMapper mapper, Event event) {
        try {
            return Escapes.escape(mapper.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event without a JSON form: " + event, e);
        }
    }
}
