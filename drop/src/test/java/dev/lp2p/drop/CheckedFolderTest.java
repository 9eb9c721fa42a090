package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The receiver on a system that cannot hold folders open. */
class CheckedFolderTest {

    @TempDir
    Path inbox;

    @TempDir
    Path outside;

    private final FakeConnection.Pair connections = FakeConnection.pair();

    @BeforeEach
    void attach() {
        new DropReceiver(() -> new CheckedFolder(inbox), new Recorder.Receiver()).attach(connections.receiver());
    }

    @Test
    void filesArriveWithTheirTimeAndOverwriteNothing() throws Exception {
        Files.writeString(inbox.resolve("a"), "mine");
        RawPeer sender = accepted(2, 10);

        sender.zeros("a", 5).zeros("dir/sub/b", 5);

        sender.expectReceived(0, 5, "a (2)");
        sender.expectReceived(1, 5, "dir/sub/b");
        assertThat(inbox.resolve("a")).hasContent("mine");
        assertThat(inbox.resolve("dir/sub/b")).hasBinaryContent(new byte[5]);
        assertThat(Files.getLastModifiedTime(inbox.resolve("a (2)"))).isEqualTo(FileTime.fromMillis(0));
    }

    @Test
    void aFolderSwappedForALinkLeadsNowhere() throws Exception {
        RawPeer sender = accepted(2, 0);
        sender.empty("a/first");
        sender.expectReceived(0, 0, "a/first");

        Files.move(inbox.resolve("a"), inbox.resolve("taken"));
        Files.createSymbolicLink(inbox.resolve("a"), outside);
        sender.empty("a/second");

        sender.expectRefused(1, DropReason.FOLDER_REPLACED);
        assertThat(outside).isEmptyDirectory();
    }

    private RawPeer accepted(int files, long bytes) throws Exception {
        RawPeer sender = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(files, bytes);
        sender.expect("{'type':'accept'}");
        return sender;
    }
}
