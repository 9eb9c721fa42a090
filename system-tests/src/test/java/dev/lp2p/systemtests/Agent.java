package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lp2p.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The agent in the background of a device, where pages look for it, and its user, who answers by the control socket. */
record Agent(Device device, Command command) {

    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Starts it.
     *
     * @param javaOptions for its JVM
     */
    static Agent start(Device device, String name, String... javaOptions) {
        Map<String, String> environment = Map.of("LP2P_JAVA_OPTS", String.join(" ", javaOptions));
        return new Agent(device, device.lp2p(environment, "agent", "--no-windows", "--name", name));
    }

    /** Waits until pages can reach it. */
    Agent awaitReady() {
        command.awaitEvent("agent-ready");
        return this;
    }

    /** Waits for the next question of this kind. */
    JsonNode awaitQuestion(String kind) {
        return command.awaitEvent(
                        "request", event -> event.at("/request/kind").asText().equals(kind))
                .get("request");
    }

    /** The same, but passes over what is not asked any more. */
    JsonNode awaitOpenQuestion(String kind) {
        JsonNode question = awaitQuestion(kind);
        while (open(question).isEmpty()) {
            question = awaitQuestion(kind);
        }
        return question;
    }

    /** Waits for the next question of a site. */
    void awaitQuestionOf(String origin) {
        command.awaitEvent(
                "request", event -> event.at("/request/origin").asText().equals(origin));
    }

    /** Waits for the next question of this kind and says yes. */
    JsonNode allow(String kind, String lifetime) {
        JsonNode question = awaitQuestion(kind);
        allow(question, lifetime);
        return question;
    }

    void allow(JsonNode question, String lifetime) {
        done(about("allow", question).put("lifetime", lifetime));
    }

    /** Waits until it is asked which device, and that one is there, and chooses it; tells what was said of it. */
    JsonNode choose(String name, String lifetime) {
        JsonNode question = awaitQuestion("choose");
        // What there is to choose from is known when it is asked for.
        JsonNode device = Eventually.await(name, () -> device(question, name), Optional::isPresent)
                .orElseThrow();
        done(about("choose", question).put("lifetime", lifetime).set("device", device.get("fingerprint")));
        return device;
    }

    /** Enters a code at the one of the two that asks for it, once the other shows it. */
    static void enterCode(Agent one, Agent other) {
        JsonNode atOne = one.awaitCode();
        JsonNode atOther = other.awaitCode();
        if (atOne.has("code")) {
            other.enterCode(atOther, atOne.get("code").asText());
        } else {
            one.enterCode(atOne, atOther.get("code").asText());
        }
    }

    void enterCode(JsonNode question, String code) {
        done(about("code", question).put("code", code));
    }

    JsonNode status() {
        return tell(JSON.createObjectNode().put("do", "status"));
    }

    /** Waits until it has this many connections. */
    JsonNode awaitConnections(int count) {
        return Eventually.await(
                count + " connections",
                this::status,
                status -> status.get("connections").size() == count);
    }

    /** Waits until others on the network can see it. */
    void awaitSeen() {
        Eventually.await("its name", this::status, status -> status.has("name"));
    }

    /** How often its user was asked something so far. */
    int questions() {
        return command.events("request").size();
    }

    /** How often its user was asked something by a site so far. */
    long questionsOf(String origin) {
        return command.events("request").stream()
                .filter(event -> event.at("/request/origin").asText().equals(origin))
                .count();
    }

    void stop() {
        command.stop();
    }

    /** Waits until it shows a code, or asks for one. */
    JsonNode awaitCode() {
        return command.awaitEvent(
                        "request", event -> event.at("/request/kind").asText().startsWith("code-"))
                .get("request");
    }

    private Optional<JsonNode> device(JsonNode question, String name) {
        JsonNode open = open(question)
                .orElseThrow(() -> new AssertionError("It is not asked any more: " + question + "\n"
                        + command.process().transcript()));
        return find(open.path("devices"), "name", new TextNode(name));
    }

    /** The question as it is now; empty if it is not asked any more. */
    private Optional<JsonNode> open(JsonNode question) {
        JsonNode open = tell(JSON.createObjectNode().put("do", "requests")).path("requests");
        return find(open, "id", question.get("id"));
    }

    private static Optional<JsonNode> find(JsonNode all, String field, JsonNode value) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(one -> one.path(field).equals(value))
                .findAny();
    }

    private static ObjectNode about(String answer, JsonNode question) {
        return JSON.createObjectNode().put("do", answer).set("id", question.get("id"));
    }

    private void done(ObjectNode answer) {
        assertThat(tell(answer).path("answer").asText()).as(answer.toString()).isEqualTo("done");
    }

    private JsonNode tell(ObjectNode message) {
        UnixDomainSocketAddress address =
                UnixDomainSocketAddress.of(device.home().resolve("state").resolve("control.sock"));
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(address);
            socket.write(StandardCharsets.UTF_8.encode(message.put("version", 1) + "\n"));
            BufferedReader answers = new BufferedReader(Channels.newReader(socket, StandardCharsets.UTF_8));
            return JSON.readTree(answers.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The agent does not answer\n" + command.process().transcript(), e);
        }
    }
}
