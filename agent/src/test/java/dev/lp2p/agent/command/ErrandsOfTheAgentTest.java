package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lp2p.agent.control.ControlSocket;
import dev.lp2p.testkit.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside the agent that has this device's identity, and one elsewhere, in the order of a user's day. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ErrandsOfTheAgentTest {

    private static final String RUN = " " + ProcessHandle.current().pid();
    private static final String TV = "TV" + RUN;
    private static final String LAPTOP = "Laptop" + RUN;
    private static final String SITE = "https://example.com";
    private static final JsonMapper JSON = new JsonMapper();

    private Path folder;

    private RunningCommand agent;
    private JsonNode agentReady;
    private Path file;

    @BeforeAll
    void startTheAgent(@TempDir Path temporary) throws Exception {
        folder = temporary;
        agent = start("agent", "laptop", "--no-windows", "--gateway-port", "0", "--name", LAPTOP);
        agentReady = agent.await("agent-ready");
        file = folder.resolve("photo ü.jpg");
        byte[] bytes = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(bytes);
        Files.write(file, bytes);
    }

    @AfterAll
    void stopTheAgent() {
        assertThat(atLaptop("agent", "--stop").status()).isZero();
        assertThat(agent.status()).isZero();
    }

    @Test
    @Order(1)
    void sendingAsksForTheCodeWhereTheCommandIs() throws Exception {
        RunningCommand receive = receiveAtTv("--accept", "--once");
        JsonNode ready = receive.await("ready");

        RunningCommand send = start("send", "laptop", file.toString(), "--to", TV, "--wait", "60");
        assertThat(send.await("found").get("fingerprint")).isEqualTo(ready.get("fingerprint"));
        send.await("code-needed");
        assertThat(atLaptop("requests").out()).isEqualTo("Nothing is asked.\n");
        send.enter(receive.await("code").get("code").asText());
        assertThat(send.await("authenticated").get("fingerprint")).isEqualTo(ready.get("fingerprint"));
        JsonNode received = receive.await("received");
        assertThat(send.await("sent").get("sha256")).isEqualTo(received.get("sha256"));
        assertThat(send.await("done").get("bytes").asLong()).isEqualTo(Files.size(file));

        assertThat(send.status()).isZero();
        assertThat(receive.status()).isZero();
        assertThat(folder.resolve("tv-inbox/photo ü.jpg")).hasSameBinaryContentAs(file);
    }

    @Test
    @Order(2)
    void whoIsKnownIsListedAndDiscovered() throws Exception {
        assertThat(atLaptop("peers").out()).contains(TV);
        RunningCommand receive = receiveAtTv();
        JsonNode ready = receive.await("ready");

        RunningCommand discover = start("discover", "laptop", "--watch");
        JsonNode found = discover.await("found");
        while (!found.get("fingerprint").equals(ready.get("fingerprint"))) {
            found = discover.await("found");
        }

        assertThat(found.get("known").asBoolean()).isTrue();
        discover.stop();
        receive.stop();
    }

    @Test
    @Order(3)
    void receivingTakesWhatTheUserAcceptsThere() throws Exception {
        RunningCommand receive = start(
                "receive", "laptop", "--dir", folder.resolve("laptop-inbox").toString());
        assertThat(receive.await("ready").get("fingerprint")).isEqualTo(agentReady.get("fingerprint"));
        assertThat(atLaptop("receive", "--dir", folder.toString()).err())
                .contains("Another 'lp2p receive' runs already");
        assertThat(atLaptop("receive", "--dir", folder.toString(), "--name", "Other")
                        .err())
                .contains("calls this device '" + LAPTOP + "'");

        RunningCommand send = start("send", "tv", file.toString(), "--to", LAPTOP, "--wait", "60");
        receive.await("offer");
        receive.enter("yes");

        assertThat(send.status()).isZero();
        assertThat(folder.resolve("laptop-inbox/photo ü.jpg")).hasSameBinaryContentAs(file);
        receive.stop();
    }

    @Test
    @Order(4)
    void aCommandThatIsEndedEndsItsTransferAndAnotherFollowsAtOnce() throws Exception {
        RunningCommand receive = receiveAtTv();
        receive.await("ready");
        RunningCommand send = start("send", "laptop", file.toString(), "--to", TV, "--wait", "60");
        receive.await("offer");
        JsonNode connection = JSON.readTree(atLaptop("status", "--json").out()).at("/status/connections/0");
        assertThat(connection.get("origin").asText()).isEqualTo("lp2p:drop");
        assertThat(connection.get("peer").asText()).isEqualTo(TV);
        assertThat(connection.get("bytes-sent").asLong()).as("the offer").isBetween(100L, 1000L);
        assertThat(connection.get("bytes-received").asLong()).isZero();

        send.stop();
        assertThat(receive.await("failed").get("reason").asText()).contains("stopped it");
        // There it counts as an offer that was not wanted, so that nobody is asked again for a while. Should this
        // machine
        // need longer than that, the user declines again: the first line is read for the question that is gone.
        receive.enter("no");
        receive.enter("no");
        assertThat(atLaptop("send", file.toString(), "--to", "Nobody", "--wait", "1")
                        .status())
                .isEqualTo(3);
        RunningCommand again = start("send", "laptop", file.toString(), "--to", TV, "--wait", "60");
        assertThat(again.await("found").get("known").asBoolean()).isTrue();
        assertThat(again.status()).isEqualTo(5);
        receive.stop();
    }

    @Test
    @Order(5)
    void whatIsWithdrawnEndsAtOnce() throws Exception {
        RunningCommand receive = receiveAtTv();
        receive.await("ready");
        try (PageSocket page = new PageSocket(agentReady.get("gateway-port").asInt(), SITE)) {
            page.say("{\"type\":\"request.start\",\"request\":2,\"activation\":true}");
            String choose = agent.await("request").at("/request/id").asText();
            Eventually.await(TV, () -> atLaptop("requests").out(), requests -> requests.contains(TV));
            assertThat(atLaptop("choose", choose, TV, "--session").status()).isZero();
            receive.await("permission-needed");
            receive.enter("yes");
            page.await("request.connected");
            assertThat(atLaptop("grants").out()).contains(SITE);

            assertThat(atLaptop("grants", "--revoke", TV).out()).startsWith("Withdrew 1 grant of " + TV);

            assertThat(page.await("connection.closed").get("reason").asText()).isEqualTo("revoked");
        }
        receive.stop();
    }

    @Test
    @Order(6)
    void forgettingAsksFirstWhereItIsForAll() {
        Invocation doubtful = Invocation.withInput("no\n", with("forget", "laptop", "--all"));
        assertThat(doubtful.status()).isEqualTo(5);
        assertThat(doubtful.out()).startsWith("Forget all 1 devices? [y/N]");

        assertThat(atLaptop("forget", TV).out()).startsWith("Forgot " + TV);

        assertThat(atLaptop("peers").out()).startsWith("No devices yet.");
    }

    @Test
    @Order(7)
    void anAgentOnOtherInterfacesSaysSo() {
        assertThat(Invocation.of("peers", "--state", state("laptop"), "--interface", "eth99")
                        .err())
                .contains("The agent in the background uses lo. Leave --interface out");
    }

    @Test
    @Order(8)
    void whatIsNoErrandIsRefusedAndLeavesTheAgentAlone() throws Exception {
        String caller = "\"caller\":{\"json\":true,\"interfaces\":[],\"charset\":\"nonsense\",\"in-is-terminal\":false,"
                + "\"out-is-terminal\":false,\"err-is-terminal\":false,\"ansi\":false,\"columns\":80}";
        assertThat(answerTo("{\"version\":1,\"do\":\"run\",\"what\":{\"errand\":\"dance\"}," + caller + "}")
                        .path("reason")
                        .asText())
                .isEqualTo("UNKNOWN");
        String relative = "{\"errand\":\"receive\",\"dir\":\"here\",\"accept\":true,\"once\":true}";
        assertThat(answerTo("{\"version\":1,\"do\":\"run\",\"what\":" + relative + "," + caller + "}")
                        .path("failure")
                        .asText())
                .isEqualTo("The agent takes absolute paths only.");
        assertThat(answerTo("{\"version\":1,\"do\":\"input\",\"line\":\"yes\"}")
                        .path("answer")
                        .asText())
                .isEqualTo("refused");
        assertThat(atLaptop("status").status()).isZero();
    }

    private JsonNode answerTo(String line) throws IOException {
        try (SocketChannel raw = SocketChannel.open(
                        UnixDomainSocketAddress.of(folder.resolve("laptop").resolve(ControlSocket.NAME)));
                BufferedReader reader = new BufferedReader(Channels.newReader(raw, StandardCharsets.UTF_8))) {
            raw.write(StandardCharsets.UTF_8.encode(line + "\n"));
            return JSON.readTree(reader.readLine());
        }
    }

    private RunningCommand receiveAtTv(String... more) throws IOException {
        return start(
                "receive",
                "tv",
                Stream.concat(
                                Stream.of(
                                        "--name",
                                        TV,
                                        "--dir",
                                        folder.resolve("tv-inbox").toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private RunningCommand start(String command, String device, String... arguments) throws IOException {
        return RunningCommand.start(Stream.concat(Stream.of(with(command, device, arguments)), Stream.of("--json"))
                .toArray(String[]::new));
    }

    private Invocation atLaptop(String command, String... arguments) {
        return Invocation.of(with(command, "laptop", arguments));
    }

    private String[] with(String command, String device, String... arguments) {
        return Stream.of(
                        Stream.of(command),
                        Stream.of(arguments),
                        Stream.of("--state", state(device), "--interface", "lo"))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    private String state(String device) {
        return folder.resolve(device).toString();
    }
}
