package dev.lp2p.agent.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One JSON object a line, in UTF-8, with the version of what it means. */
final class ControlCodec {

    static final int VERSION = 1;

    /** Of a line; 256 questions with long names and lists of devices fit in, and as many files as a command line names. */
    static final int MAX_CHARACTERS = 16 * 1024 * 1024;

    private static final String VERSION_MEMBER = "version";

    private static final JsonMapper JSON = JsonMapper.builder()
            // Of a later version that understands this one.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ControlCodec() {}

    static String line(Object message) {
        ObjectNode object = JSON.valueToTree(message);
        object.put(VERSION_MEMBER, VERSION);
        return object + "\n";
    }

    /** @throws Unreadable if it is nothing that this version knows */
    static <T> T parse(String line, Class<T> type) throws Unreadable {
        try {
            JsonNode object = JSON.readTree(line);
            if (object == null || object.path(VERSION_MEMBER).asInt() != VERSION) {
                throw new Unreadable(true);
            }
            return JSON.treeToValue(object, type);
        } catch (JsonProcessingException e) {
            throw new Unreadable(false);
        }
    }

    static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
    }

    static void write(SocketChannel channel, Object message) throws IOException {
        var bytes = StandardCharsets.UTF_8.encode(line(message));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next line, empty at the end, or where it is cut or too long. */
    static Optional<String> readLine(BufferedReader reader) throws IOException {
        return readLine(reader, MAX_CHARACTERS);
    }

    static Optional<String> readLine(BufferedReader reader, int limit) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0 || line.length() == limit) {
                return Optional.empty();
            }
            line.append((char) c);
        }
        return Optional.of(line.toString());
    }

    /** Not of this version, or nothing that it knows. */
    static final class Unreadable extends Exception {

        private final boolean ofAnotherVersion;

        Unreadable(boolean ofAnotherVersion) {
            this.ofAnotherVersion = ofAnotherVersion;
        }

        boolean isOfAnotherVersion() {
            return ofAnotherVersion;
        }
    }
}
