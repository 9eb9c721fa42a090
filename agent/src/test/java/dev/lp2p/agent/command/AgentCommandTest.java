package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.store.StateFolder;
import dev.lp2p.testkit.Eventually;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in the background without a display, and the commands of its user, on the loopback interface. */
class AgentCommandTest {

    private static final String NAME = "Living Room " + ProcessHandle.current().pid();
    private static final String SITE = "https://example.com";

    @TempDir
    private Path folder;

    private RunningCommand agent;
    private JsonNode ready;

    @BeforeEach
    void startTheAgent() throws Exception {
        agent = RunningCommand.start(with("agent", "--no-windows", "--gateway-port", "0", "--json"));
        ready = agent.await("agent-ready");
    }

    @AfterEach
    void stopTheAgent() {
        assertThat(command("agent", "--stop").out()).isIn("The agent has ended.\n", "");
        assertThat(agent.status()).isZero();
    }

    @Test
    void aPageConnectsToADeviceThatItsUserChoseAndWhoseCodeTheUserEnteredByCommands() throws Exception {
        RunningCommand receive = RunningCommand.start(
                "receive",
                "--name",
                NAME,
                "--dir",
                folder.resolve("inbox").toString(),
                "--state",
                folder.resolve("receiver").toString(),
                "--interface",
                "lo",
                "--json");
        receive.await("ready");
        try (PageSocket page = new PageSocket(ready.get("gateway-port").asInt(), SITE)) {
            page.say("{\"type\":\"request.start\",\"request\":2,\"activation\":true}");

            JsonNode choose = agent.await("request").get("request");
            assertThat(choose.get("kind").asText()).isEqualTo("choose");
            assertThat(choose.get("origin").asText()).isEqualTo(SITE);
            awaitDevice();
            assertThat(command("requests").out()).contains(SITE + " wants to connect to a device.", NAME);
            assertThat(command("choose", id(choose), NAME, "--always").status()).isZero();

            JsonNode code = agent.await("request").get("request");
            assertThat(code.get("kind").asText()).isEqualTo("code-needed");
            assertThat(command("allow", id(code)).status()).isEqualTo(3);
            assertThat(command(
                                    "code",
                                    id(code),
                                    receive.await("code").get("code").asText())
                            .status())
                    .isZero();
            receive.await("permission-needed");
            receive.enter("yes");
            page.await("request.connected");

            assertThat(command("status").out()).contains(SITE, NAME, "It knows 1 device.");
            assertThat(command("requests").out()).isEqualTo("Nothing is asked.\n");
            assertThat(command("grants").out()).contains("is reached by", SITE);
        }
        receive.stop();
    }

    @Test
    void aPageMakesThisDeviceVisibleOnlyIfTheUserAllowsIt() throws Exception {
        try (PageSocket page = new PageSocket(ready.get("gateway-port").asInt(), SITE)) {
            page.say("{\"type\":\"receiver.start\",\"receiver\":2,\"activation\":true}");
            JsonNode asked = agent.await("request").get("request");
            assertThat(asked.get("kind").asText()).isEqualTo("advertise");
            assertThat(command("status").out()).contains("Others do not see this device");

            assertThat(command("allow", id(asked)).out()).isEqualTo("Allowed.\n");
            page.await("receiver.started");

            assertThat(command("status").out()).contains("Others see this device as");
        }
    }

    @Test
    void itServesTheExamplesAndSaysWhere() throws Exception {
        String address = "http://127.0.0.1:" + ready.get("gateway-port").asInt() + "/examples/";
        assertThat(command("status").out()).contains("Examples to open: " + address + "\n");

        for (String page : List.of("", "chat/", "file/", "ball/", "controller/")) {
            try (InputStream served = URI.create(address + page).toURL().openStream()) {
                assertThat(new String(served.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo(Files.readString(Path.of("..", "web", "examples", page + "index.html")));
            }
        }
    }

    @Test
    void aQuestionOfAPageThatWentAwayGoesAway() throws Exception {
        try (PageSocket page = new PageSocket(ready.get("gateway-port").asInt(), SITE)) {
            page.say("{\"type\":\"request.start\",\"request\":2,\"activation\":true}");
            agent.await("request");
        }
        Eventually.await("nothing", () -> command("requests", "--json").out(), String::isEmpty);
    }

    @Test
    void aSecondAgentSaysSo() {
        Invocation second = command("agent");
        assertThat(second.status()).isEqualTo(1);
        assertThat(second.err()).contains("An agent runs already.").hasLineCount(1);
    }

    @Test
    void withoutADisplayTheWindowOfDevicesIsNotShownAndItSaysWhatIs() {
        Invocation show = command("agent", "--show");

        assertThat(show.status()).isEqualTo(1);
        assertThat(show.err()).contains("'lp2p peers' and 'lp2p grants' list the same.");
    }

    @Test
    void programsAreToldTheSame() {
        assertThat(command("status", "--json").out())
                .contains(
                        "\"event\":\"agent-status\"",
                        "\"fingerprint\":" + ready.get("fingerprint"),
                        "\"gateway-port\":" + ready.get("gateway-port"),
                        "\"asks\":\"requests\"",
                        "\"connections\":[]");
    }

    @Test
    void anEndedAgentLeavesItsIdentityToTheNextAtOnce() throws Exception {
        assertThat(command("agent", "--stop").status()).isZero();

        try (StateFolder state = StateFolder.open(folder.resolve("state"));
                var lock = state.lock()) {
            assertThat(lock).isNotNull();
        }
        Invocation status = command("status");
        assertThat(status.status()).isEqualTo(1);
        assertThat(status.err()).contains("No agent runs in the background. 'lp2p agent' starts one.");
    }

    private void awaitDevice() {
        Eventually.await(NAME, () -> command("requests").out(), requests -> requests.contains(NAME));
    }

    private static String id(JsonNode request) {
        return request.get("id").asText();
    }

    private Invocation command(String... arguments) {
        return Invocation.of(with(arguments));
    }

    private String[] with(String... arguments) {
        return Stream.concat(
                        Stream.of(arguments),
                        List.of("--state", folder.resolve("state").toString(), "--interface", "lo").stream())
                .toArray(String[]::new);
    }
}
