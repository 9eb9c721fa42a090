package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against each other, through the real protocol on the loopback interface. */
class SendAndReceiveTest {

    private static final String NAME =
            "Küche 🍳 v1.2 " + ProcessHandle.current().pid();

    private static final String GENEROUS_SECONDS = "60";

    @TempDir
    private Path folder;

    private Path inbox;
    private Path file;

    @BeforeEach
    void makeAFile() throws IOException {
        inbox = folder.resolve("inbox");
        file = folder.resolve("photo ü.jpg");
        byte[] bytes = new byte[3_000_000];
        new SplittableRandom(1).nextBytes(bytes);
        Files.write(file, bytes);
    }

    @Test
    void aFileArrivesAfterTheCodeWasCarriedOverAndTheNextOneWithoutACode() throws Exception {
        RunningCommand receive = receive("--accept");
        JsonNode ready = receive.await("ready");
        assertThat(ready.get("name").asText()).isEqualTo(NAME);
        assertThat(ready.get("port").asInt()).isPositive();

        RunningCommand send = send("--to", NAME);
        assertThat(send.await("found").get("fingerprint")).isEqualTo(ready.get("fingerprint"));
        send.await("code-needed");
        send.enter(receive.await("code").get("code").asText());
        assertThat(send.await("authenticated").get("fingerprint")).isEqualTo(ready.get("fingerprint"));
        assertThat(receive.await("offer").get("files").asInt()).isEqualTo(1);
        JsonNode received = receive.await("received");
        assertThat(received.get("path").asText()).isEqualTo("photo ü.jpg");
        assertThat(send.await("sent").get("sha256")).isEqualTo(received.get("sha256"));
        assertThat(send.await("done").get("bytes").asLong()).isEqualTo(Files.size(file));
        assertThat(send.status()).isZero();
        assertThat(inbox.resolve("photo ü.jpg")).hasSameBinaryContentAs(file);

        RunningCommand again = send("--to", ready.get("fingerprint").asText());
        assertThat(again.await("found").get("known").asBoolean()).isTrue();
        again.await("done");
        assertThat(again.status()).isZero();
        assertThat(receive.await("received").get("path").asText()).isEqualTo("photo ü (2).jpg");
        assertThat(again.words()).doesNotContain("code");
        receive.stop();
    }

    @Test
    void aWrongCodeGivesStatusFourAndNothingArrives() throws Exception {
        RunningCommand receive = receive("--accept");
        receive.await("ready");

        RunningCommand send = send("--to", NAME);
        send.await("code-needed");
        String code = receive.await("code").get("code").asText();
        send.enter(code.endsWith("1") ? code.replaceAll(".$", "2") : code.replaceAll(".$", "1"));

        assertThat(send.status()).isEqualTo(4);
        assertThat(send.words()).contains("The code was wrong");
        assertThat(filesIn(inbox)).isEmpty();
        receive.stop();
    }

    @Test
    void anOfferThatIsDeclinedGivesStatusFive() throws Exception {
        RunningCommand receive = receive();
        receive.await("ready");

        RunningCommand send = send("--to", NAME);
        send.await("code-needed");
        send.enter(receive.await("code").get("code").asText());
        receive.await("offer");
        receive.enter("no");

        assertThat(send.status()).isEqualTo(5);
        assertThat(filesIn(inbox)).isEmpty();
        receive.stop();
    }

    @Test
    void afterOneTransferAReceiverForOneStops() throws Exception {
        RunningCommand receive = receive("--once");
        receive.await("ready");

        RunningCommand send = send("--to", NAME);
        send.await("code-needed");
        send.enter(receive.await("code").get("code").asText());
        receive.await("offer");
        receive.enter("yes");

        assertThat(send.status()).isZero();
        assertThat(receive.status()).isZero();
        assertThat(inbox.resolve("photo ü.jpg")).hasSameBinaryContentAs(file);
    }

    @Test
    void aDeviceThatIsNotThereGivesStatusThreeAndAWordOfWhatToDo() throws Exception {
        RunningCommand send = start(
                List.of("send", file.toString(), "--state", state("sender")),
                "--to",
                "Nobody " + ProcessHandle.current().pid(),
                "--wait",
                "1");

        assertThat(send.status()).isEqualTo(3);
        assertThat(send.words()).contains("No device 'Nobody", "Is 'lp2p receive' running there");
    }

    @Test
    void discoveryFindsAReceiverWhoseIdentityIsInUse() throws Exception {
        RunningCommand receive = receive();
        JsonNode ready = receive.await("ready");

        RunningCommand discover = start(List.of("discover", "--watch", "--state", state("receiver")));
        JsonNode found = discover.await("found");
        while (!found.get("fingerprint").equals(ready.get("fingerprint"))) {
            found = discover.await("found");
        }

        assertThat(found.get("name").asText()).isEqualTo(NAME);
        discover.stop();
        receive.stop();
    }

    @Test
    void discoveryEndsByItselfWhenItsTimeIsOver() throws Exception {
        assertThat(start(List.of("discover", "--seconds", "1", "--state", state("receiver")))
                        .status())
                .isZero();
    }

    @Test
    void tryingSendsAFileFromOneAgentToAnotherAndLeavesNothingBehind() throws Exception {
        RunningCommand trying = RunningCommand.start("try", "--json", file.toString());

        JsonNode sent = trying.await("received");
        assertThat(trying.await("sent").get("sha256")).isEqualTo(sent.get("sha256"));
        assertThat(trying.status()).isZero();
        assertThat(trying.words())
                .contains("'Laptop' found", "shows the code", "Both ends computed the same checksums.");
    }

    private RunningCommand receive(String... more) throws IOException {
        return start(List.of("receive", "--name", NAME, "--dir", inbox.toString(), "--state", state("receiver")), more);
    }

    private RunningCommand send(String... more) throws IOException {
        return start(List.of("send", file.toString(), "--state", state("sender"), "--wait", GENEROUS_SECONDS), more);
    }

    private static RunningCommand start(List<String> arguments, String... more) throws IOException {
        return RunningCommand.start(Stream.of(arguments, List.of("--json", "--interface", "lo"), List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private String state(String name) {
        return folder.resolve(name).toString();
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
