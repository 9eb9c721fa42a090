package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DropTest {

    @TempDir
    Path home;

    @TempDir
    Path inbox;

    private final FakeConnection.Pair connections = FakeConnection.pair();
    private final Recorder told = new Recorder();
    private final DropReceiver receiver = new DropReceiver(() -> Folder.root(inbox), told.receiver);

    @BeforeEach
    void attach() {
        receiver.attach(connections.receiver());
    }

    @Test
    void aFileArrivesWithItsBytesItsTimeAndTheChecksumThatBothEndsComputed() throws Exception {
        Path file = write("report.pdf", 3 * DropProtocol.CHUNK_BYTES + 12345);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_123L));

        DropResult result = send(file);

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.COMPLETE, 1, 0, Files.size(file), null));
        assertThat(Recorder.await(told.receiver.finished)).isEqualTo(result);
        assertThat(inbox.resolve("report.pdf")).hasSameBinaryContentAs(file);
        assertThat(Files.getLastModifiedTime(inbox.resolve("report.pdf")).toMillis())
                .isEqualTo(1_700_000_000_123L);
        assertThat(told.sender.sent).isEqualTo(told.receiver.received).hasSize(1);
    }

    @Test
    void aFolderArrivesUnderItsNameWithHiddenAndEmptyFiles() throws Exception {
        Files.createDirectories(home.resolve("photos/2024/may"));
        write("photos/cover.jpg", 10);
        write("photos/.hidden", 0);
        write("photos/2024/may/ä 🌷.jpg", 2000);

        DropResult result = send(home.resolve("photos"));

        assertThat(result.outcome()).isEqualTo(DropResult.Outcome.COMPLETE);
        assertThat(tree(inbox))
                .containsExactlyInAnyOrder("photos/cover.jpg", "photos/.hidden", "photos/2024/may/ä 🌷.jpg");
        assertThat(inbox.resolve("photos/2024/may/ä 🌷.jpg"))
                .hasSameBinaryContentAs(home.resolve("photos/2024/may/ä 🌷.jpg"));
    }

    private DropResult send(Path... paths) throws Exception {
        return Recorder.await(DropSender.send(connections.sender(), List.of(paths), told.sender)
                .result());
    }

    private Path write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(home.resolve(name), bytes);
    }

    private static List<String> tree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .toList();
        }
    }
}
