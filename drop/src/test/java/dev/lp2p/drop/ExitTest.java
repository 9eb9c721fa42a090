package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExitTest {

    @TempDir
    Path inbox;

    @Test
    void aProgramThatEndsInTheMiddleOfAFileLeavesNothingOfIt() throws Exception {
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndsMidway.class.getName(),
                        inbox.toString())
                .inheritIO()
                .start();

        assertThat(program.waitFor()).isEqualTo(EndsMidway.STATUS);

        assertThat(inbox).isEmptyDirectory();
    }

    /** The program: exits with a status of its own if, and only if, a file was on its way then. */
    static final class EndsMidway {

        static final int STATUS = 7;

        private EndsMidway() {}

        public static void main(String[] arguments) throws Exception {
            Path inbox = Path.of(arguments[0]);
            FakeConnection.Pair connections = FakeConnection.pair();
            Recorder.Receiver told = new Recorder.Receiver();
            new DropReceiver(inbox, told).attach(connections.receiver());
            RawPeer sender =
                    RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(1, 10);
            sender.expect("{'type':'accept'}");
            sender.file("whole", 10).bytes(5);
            while (unfinished(inbox).isEmpty()) {
                Thread.onSpinWait();
            }
            System.exit(STATUS);
        }

        private static List<Path> unfinished(Path inbox) throws Exception {
            try (Stream<Path> files = Files.list(inbox)) {
                return files.filter(file -> file.getFileName().toString().endsWith(TargetFolder.TEMPORARY_SUFFIX))
                        .toList();
            }
        }
    }
}
