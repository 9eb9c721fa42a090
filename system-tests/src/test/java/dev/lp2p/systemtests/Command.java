package dev.lp2p.systemtests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lp2p.testkit.hosts.HostProcess;
import dev.lp2p.testkit.hosts.OutputLines;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A run of the command with {@code --json}: each line of its output is an event. */
record Command(HostProcess process) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Waits for the next event of this kind, passing over others. */
    JsonNode awaitEvent(String name) {
        return awaitEvent(name, event -> true);
    }

    /** Waits for the next event of this kind that matches, passing over others. */
    JsonNode awaitEvent(String name, Predicate<JsonNode> matches) {
        return awaitEvent(name, matches, OutputLines.PATIENCE);
    }

    JsonNode awaitEvent(String name, Predicate<JsonNode> matches, Duration limit) {
        return parse(process.output()
                .await(
                        "the event '" + name + "'",
                        line -> nameOf(parse(line)).equals(name) && matches.test(parse(line)),
                        limit));
    }

    /** The events so far; all of them, once it has ended. */
    List<JsonNode> events() {
        return process.output().all().stream().map(Command::parse).toList();
    }

    /** The events of this kind so far. */
    List<JsonNode> events(String name) {
        return events().stream().filter(event -> nameOf(event).equals(name)).toList();
    }

    /** The kinds of the events so far in their order, without progress and repetitions. */
    List<String> story() {
        return events().stream()
                .map(Command::nameOf)
                .filter(name -> !name.equals("progress"))
                .distinct()
                .toList();
    }

    void sendLine(String line) {
        process.sendLine(line);
    }

    int exitStatus() {
        return process.exitStatus();
    }

    int exitStatus(Duration limit) {
        return process.exitStatus(limit);
    }

    /** Ends it as Ctrl-C and service managers do, and waits until it said goodbye. */
    void stop() {
        process.terminate();
        process.exitStatus();
    }

    private static String nameOf(JsonNode event) {
        return event.path("event").asText();
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("With --json, standard output holds JSON only, but there is: " + line, e);
        }
    }
}
