package dev.lp2p.agent.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventOutputTest {

    @Test
    void nothingInAPeersTextActsOnATerminalAndTheJsonSaysTheSame() throws Exception {
        String name = "K\u00fcche \ud83c\udf73 \u001b[2J\u009b2J\u007f\u202egpj\u2028\u2029\udb40\udc41\n\"\\";
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        EventOutput.json(new PrintStream(out, false, StandardCharsets.UTF_8)).emit(new Event.Forgotten(name, "f"));

        String line = out.toString(StandardCharsets.UTF_8);
        assertThat(line).contains("K\u00fcche \ud83c\udf73 ").endsWith("}\n");
        assertThat(line.strip().codePoints().map(Character::getType))
                .doesNotContain((int) Character.CONTROL, (int) Character.FORMAT, (int) Character.LINE_SEPARATOR, (int)
                        Character.PARAGRAPH_SEPARATOR);
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(json.path("name").textValue()).isEqualTo(name);
    }
}
