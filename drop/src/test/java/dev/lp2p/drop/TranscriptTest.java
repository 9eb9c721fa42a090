package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transcript in the documentation is what the two ends really say. */
class TranscriptTest {

    @TempDir
    Path home;

    @TempDir
    Path inbox;

    private final FakeConnection.Pair connections = FakeConnection.pair();

    @Test
    void theTwoEndsSayWhatTheDocumentationSays() throws Exception {
        Files.createFile(inbox.resolve("a.txt"));
        Path file = dated(Files.writeString(home.resolve("a.txt"), "hello\n"));
        Path folder = Files.createDirectory(home.resolve("photos"));
        dated(Files.write(folder.resolve("big.jpg"), new byte[DropProtocol.CHUNK_BYTES + 14]));
        dated(Files.createFile(folder.resolve("no\\slash")));
        dated(Files.createFile(folder.resolve("ä.jpg")));
        Recorder told = new Recorder();
        new DropReceiver(inbox, told.receiver).attach(connections.receiver());

        OutgoingDrop drop = DropSender.send(connections.sender(), List.of(file, folder), told.sender, "example");
        Recorder.await(drop.result());

        // The directions do not wait for each other, so each is compared by itself.
        List<String> documented = Documentation.block("transcript");
        assertThat(connections.sender().transcript()).isEqualTo(ofDirection(documented, "> "));
        assertThat(connections.receiver().transcript()).isEqualTo(ofDirection(documented, "< "));
    }

    private static List<String> ofDirection(List<String> transcript, String direction) {
        return transcript.stream()
                .filter(line -> line.startsWith(direction))
                .map(line -> line.substring(direction.length()))
                .toList();
    }

    private static Path dated(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
    }
}
