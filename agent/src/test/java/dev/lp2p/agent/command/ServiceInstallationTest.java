package dev.lp2p.agent.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceInstallationTest {

    private static final ServiceUnit UNIT = new ServiceUnit(
            List.of("/home/ann/my \"100%\" $tools/lp2p", "agent", "--name", "Ann's\nlaptop"),
            Map.of("JAVA_HOME", "/opt/jdk 17", "LP2P_NO_BUILD", "yes"),
            true);

    @TempDir
    private Path folder;

    private final List<List<String>> told = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @Test
    void theUnitStartsTheAgentWithTheDesktopSessionWhateverIsInItsPath() {
        assertThat(UNIT.text().lines())
                .contains(
                        "ExecStart=\"/bin/sh\" \"-c\" \"exec \\\"$$0\\\" \\\"$$@\\\"\" \"/home/ann/my \\\"100%%\\\" $$tools/lp2p\" \"agent\" \"--name\" \"Ann's\\x0alaptop\"",
                        "Environment=\"JAVA_HOME=/opt/jdk 17\"",
                        "Environment=\"LP2P_NO_BUILD=yes\"",
                        "PartOf=graphical-session.target",
                        "WantedBy=graphical-session.target");
    }

    @Test
    void withoutADesktopItStartsAtLogin() {
        assertThat(new ServiceUnit(List.of("/lp2p", "agent"), Map.of(), false)
                        .text()
                        .lines())
                .contains("WantedBy=default.target")
                .noneMatch(line -> line.contains("graphical"));
    }

    @Test
    void systemdFindsNothingWrongWithIt() throws Exception {
        assumeThat(Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .as("systemd-analyze is there")
                .anyMatch(path -> Files.isExecutable(Path.of(path, "systemd-analyze")));
        Path program = Files.createFile(
                Files.createDirectory(folder.resolve("my \"100%\" $tools")).resolve("lp2p"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path unit = folder.resolve(ServiceUnit.NAME);
        for (boolean onDesktop : List.of(true, false)) {
            List<String> command = List.of(program.toString(), "agent", "--name", "Ann's \"100%\" $laptop");
            Files.writeString(unit, new ServiceUnit(command, UNIT.environment(), onDesktop).text());

            Process verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", unit.toString())
                    .redirectErrorStream(true)
                    .start();

            assertThat(new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEmpty();
            assertThat(verify.waitFor()).isZero();
        }
    }

    @Test
    void installingWritesTheUnitShowsItAndStartsIt() throws IOException {
        Path units = folder.resolve("systemd/user");

        assertThat(installation(units, true).install(UNIT)).isEqualTo(ExitStatus.DONE);

        assertThat(Files.readString(units.resolve("lp2p-agent.service"))).isEqualTo(UNIT.text());
        assertThat(told)
                .containsExactly(
                        List.of("daemon-reload"),
                        List.of("enable", "lp2p-agent.service"),
                        List.of("restart", "lp2p-agent.service"));
        assertThat(said)
                .contains("  WantedBy=graphical-session.target")
                .last()
                .asString()
                .contains("--uninstall");
    }

    @Test
    void whereSystemdDoesNotAnswerItSaysWhatToRun() {
        assertThat(installation(folder, false).install(UNIT)).isEqualTo(ExitStatus.FAILED);

        assertThat(said).last().asString().contains("systemctl --user enable --now lp2p-agent.service");
    }

    @Test
    void uninstallingEndsItAndRemovesTheUnit() {
        installation(folder, true).install(UNIT);
        told.clear();

        assertThat(installation(folder, true).uninstall()).isEqualTo(ExitStatus.DONE);

        assertThat(folder.resolve("lp2p-agent.service")).doesNotExist();
        assertThat(told).containsExactly(List.of("disable", "--now", "lp2p-agent.service"), List.of("daemon-reload"));
        assertThatThrownBy(() -> installation(folder, true).uninstall()).hasMessageContaining("It is not installed");
    }

    private ServiceInstallation installation(Path units, boolean answers) {
        return new ServiceInstallation(
                units,
                arguments -> {
                    told.add(arguments);
                    return answers;
                },
                said::add);
    }
}
