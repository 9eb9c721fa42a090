package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.store.StateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    private Path folder;

    @Test
    void withoutACommandItSaysWhatToDo() {
        Invocation run = Invocation.of();

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("lp2p: Say what to do: try, send, receive or discover, for example."
                        + " 'lp2p --help' shows how.\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "try",
                "discover",
                "receive",
                "send",
                "peers",
                "forget",
                "grants",
                "agent",
                "status",
                "requests",
                "allow",
                "deny",
                "code",
                "choose",
                "completion"
            })
    void everyCommandHasHelpWithExamples(String command) {
        Invocation run = command.isEmpty() ? Invocation.of("--help") : Invocation.of(command, "--help");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: lp2p", "Examples:");
        assertThat(run.out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(run.out()
                        .lines()
                        .dropWhile(line -> !line.equals("Examples:"))
                        .skip(1))
                .as("an example is a line, which none is broken into two")
                .allSatisfy(line -> assertThat(line).startsWith("  "));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void withJsonAProgramHearsWhyACommandDidNotWork() {
        Invocation run = Invocation.of("forget", "TV", "--json", "--state", folder.toString());

        assertThat(run.out())
                .isEqualTo("{\"event\":\"failed\",\"reason\":\"No device 'TV': there is none."
                        + " 'lp2p peers' lists them.\"}\n");
        assertThat(run.err()).startsWith("lp2p forget: No device 'TV'").hasLineCount(1);
    }

    @Test
    void anUnknownCommandGetsTheNearestOne() {
        Invocation run = Invocation.of("snd", "x");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Did you mean send?").hasLineCount(1);
    }

    @Test
    void anUnknownOptionIsNamed() {
        Invocation run = Invocation.of("send", "--fast", "x");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("lp2p send: There is no option '--fast'.")
                .hasLineCount(1);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Invocation run = Invocation.of("send", folder.resolve("photos").toString(), "--to", "x");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("lp2p send: There is no file or folder '" + folder.resolve("photos")
                        + "'. Check how it is spelled.\n");
    }

    @Test
    void aNumberThatIsNoneIsSaidInWords() {
        assertThat(Invocation.of("discover", "--seconds", "soon").err())
                .contains("'soon' is not a whole number")
                .hasLineCount(1);
        assertThat(Invocation.of("discover", "--seconds", "0").status()).isEqualTo(2);
    }

    @Test
    void aCodeThatCanBeNoneIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Invocation run = Invocation.of("send", file.toString(), "--to", "x", "--code", "secret");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--code takes the digits").hasLineCount(1);
    }

    @Test
    void withoutAPersonToChooseTheDeviceHasToBeNamed() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Invocation run = Invocation.of("send", file.toString(), "--state", folder.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("Say which device with --to").hasLineCount(1);
    }

    @Test
    void aNetworkInterfaceThatIsNotThereIsNamed() {
        Invocation run = Invocation.of("discover", "--interface", "none0", "--state", folder.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("There is no network interface 'none0', only")
                .hasLineCount(1);
    }

    @Test
    void receivingIntoAFileIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        Invocation run = Invocation.of("receive", "--dir", file.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("is not a folder").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\u001b[1m", "0123456789012345678901234567890123456789012345678901234567890123"})
    void aNameThatCannotBeAdvertisedIsRefused(String name) {
        assertThat(Invocation.of("receive", "--name", name).status()).isEqualTo(2);
    }

    @Test
    void stackTracesComeOnlyWithV() {
        assertThat(Invocation.of("send", "--fast", "x").err()).doesNotContain("\tat ");
        assertThat(Invocation.of("-v", "send", "nothing-here", "--to", "x").err())
                .contains("\tat ");
        assertThat(Invocation.of("send", "nothing-here", "--to", "x", "-v").err())
                .contains("\tat ");
    }

    @Test
    void theStateFolderIsTakenBeforeAndAfterTheCommand() {
        remember("Living Room", 1);

        assertThat(Invocation.of("--state", folder.toString(), "peers").out()).contains("Living Room", "AQEBAQEBAQEB");
        assertThat(Invocation.of("peers", "--state", folder.toString()).out()).contains("Living Room");
    }

    @Test
    void withJsonAPeerIsOneObjectALineAndWordsGoToStandardError() {
        remember("Küche 🍳", 1);

        Invocation run = Invocation.of("peers", "--json", "--state", folder.toString());

        assertThat(run.out())
                .isEqualTo("{\"event\":\"peer\",\"name\":\"Küche 🍳\","
                        + "\"fingerprint\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\","
                        + "\"authenticated\":\"2026-01-01T00:00:00Z\",\"last-seen\":\"2026-01-02T00:00:00Z\"}\n");
        assertThat(run.err()).contains("Küche 🍳");
    }

    @Test
    void aForgottenDeviceIsNoLongerListed() {
        remember("Living Room", 1);
        remember("Kitchen", 2);

        assertThat(Invocation.of("forget", "living room", "--state", folder.toString())
                        .status())
                .isZero();

        assertThat(Invocation.of("peers", "--state", folder.toString()).out())
                .contains("Kitchen")
                .doesNotContain("Living Room");
    }

    @Test
    void forgettingADeviceThatIsNotKnownGivesStatusThree() {
        remember("Living Room", 1);

        Invocation run = Invocation.of("forget", "Livin Room", "--state", folder.toString());

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.err()).contains("did you mean 'Living Room'").hasLineCount(1);
    }

    @Test
    void forgettingAllAsksFirst() {
        remember("Living Room", 1);

        assertThat(Invocation.withInput("n\n", "forget", "--all", "--state", folder.toString())
                        .status())
                .isEqualTo(5);
        assertThat(Invocation.withInput("", "forget", "--all", "--state", folder.toString())
                        .status())
                .isEqualTo(5);
        assertThat(Invocation.withInput("y\n", "forget", "--all", "--state", folder.toString())
                        .status())
                .isZero();
        assertThat(Invocation.of("peers", "--state", folder.toString()).out()).contains("No devices yet");
    }

    @Test
    void theCompletionScriptKnowsTheCommands() {
        assertThat(Invocation.of("completion").out()).contains("complete -F _complete_lp2p", "discover", "--to");
    }

    private void remember(String name, int key) {
        try (StateFolder state = StateFolder.open(folder)) {
            state.peers()
                    .put(new KnownPeer(
                            DeviceMatchTest.device(name, key).fingerprint(),
                            name,
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Instant.parse("2026-01-02T00:00:00Z")));
        }
    }
}
