package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
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
    void theReceiverHearsOfAFileBeforeItsSender() throws Exception {
        CompletableFuture<List<String>> answers = new CompletableFuture<>();
        told.receiver.atReceived =
                () -> answers.complete(List.copyOf(connections.receiver().transcript()));

        send(write("a", 10));

        assertThat(Recorder.await(answers)).containsExactly("{\"type\":\"accept\"}");
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

    @Test
    void aSecondFolderOfTheSameNameArrivesBesideTheFirst() throws Exception {
        Files.createDirectories(home.resolve("photos"));
        Files.createDirectories(home.resolve("other/photos"));
        write("photos/a", 1);
        write("other/photos/a", 2);
        Files.createDirectory(inbox.resolve("photos"));

        send(home.resolve("photos"), home.resolve("other/photos"));

        assertThat(tree(inbox)).containsExactlyInAnyOrder("photos (2)/a", "photos (2) (2)/a");
    }

    @Test
    void pathsComeInTheOrderOfTheirNames() throws Exception {
        Files.createDirectories(home.resolve("d/b"));
        write("d/c", 1);
        write("d/b/2", 1);
        write("d/b/1", 1);
        write("d/a", 1);

        send(home.resolve("d"));

        assertThat(told.receiver.received).extracting(DropFile::path).containsExactly("d/a", "d/b/1", "d/b/2", "d/c");
    }

    @Test
    void linksSpecialFilesAndEmptyFoldersAreSkippedAndReported() throws Exception {
        Path folder = Files.createDirectory(home.resolve("d"));
        Files.createDirectory(folder.resolve("empty"));
        write("secret", 5);
        write("d/plain", 5);
        Files.createSymbolicLink(folder.resolve("link"), home.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        DropResult result = send(folder);

        assertThat(result.outcome()).isEqualTo(DropResult.Outcome.COMPLETE);
        assertThat(tree(inbox)).containsExactly("d/plain");
        assertThat(told.sender.skipped)
                .containsOnly(
                        Map.entry("d/empty", DropReason.EMPTY_FOLDER),
                        Map.entry("d/link", DropReason.SYMLINK),
                        Map.entry("d/loop", DropReason.SYMLINK),
                        Map.entry("d/pipe", DropReason.SPECIAL_FILE));
    }

    @Test
    void whatCannotBeSentAtAllIsSaidBeforeAnythingIsOffered() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("link"), write("secret", 5));
        Path empty = Files.createDirectory(home.resolve("empty"));

        assertThatThrownBy(() -> send(link)).isInstanceOf(DropException.class).hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> send(home.resolve("gone")))
                .isInstanceOf(DropException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> send()).isInstanceOf(DropException.class);
        assertThatThrownBy(() -> send(empty)).hasCauseInstanceOf(DropException.class);
        assertThat(told.receiver.offer).isNotDone();
    }

    @Test
    void aFileThatVanishesAfterTheOfferIsReportedAndTheOthersArrive() throws Exception {
        Path gone = write("gone", 10);
        Path stays = write("stays", 10);
        onAccepted(() -> Files.delete(gone));

        DropResult result = send(gone, stays);

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.PARTIAL, 1, 1, 10, null));
        assertThat(told.sender.failed).containsOnly(Map.entry("gone", DropReason.UNREADABLE));
    }

    @Test
    void aFileThatShrinksOrGrowsWhileItIsSentIsBrokenOffAndTheOthersArrive() throws Exception {
        Path shrinks = write("shrinks", 20 * DropProtocol.CHUNK_BYTES);
        Path grows = write("grows", 3 * DropProtocol.CHUNK_BYTES);
        Path stays = write("stays", 10);
        told.sender.atProgress("shrinks", () -> truncate(shrinks, 2 * DropProtocol.CHUNK_BYTES));
        told.sender.atProgress("grows", () -> Files.write(grows, new byte[1], StandardOpenOption.APPEND));

        DropResult result = send(shrinks, grows, stays);

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.PARTIAL, 1, 2, 10, null));
        assertThat(told.sender.failed)
                .containsOnly(Map.entry("shrinks", DropReason.CHANGED), Map.entry("grows", DropReason.CHANGED));
        assertThat(told.receiver.refused)
                .containsOnly(Map.entry("shrinks", DropReason.ABORTED), Map.entry("grows", DropReason.ABORTED));
        assertThat(names(inbox)).containsExactly("stays");
    }

    @Test
    void aFileThatGrewBeyondTheOfferIsNotSent() throws Exception {
        Path grown = write("grown", 10);
        onAccepted(() -> Files.write(grown, new byte[20]));

        send(grown);

        assertThat(told.sender.failed).containsOnly(Map.entry("grown", DropReason.BEYOND_OFFER));
    }

    @Test
    void nothingIsSentThatTheReceiverDeclines() throws Exception {
        told.receiver.decision = CompletableFuture.completedFuture(DropReceiverListener.Decision.DECLINE);

        DropResult result = send(write("a", 10));

        DropResult declined = new DropResult(DropResult.Outcome.DECLINED, 0, 0, 0, DropReason.DECLINED);
        assertThat(result).isEqualTo(declined);
        assertThat(Recorder.await(told.receiver.finished)).isEqualTo(declined);
        assertThat(inbox).isEmptyDirectory();
    }

    @Test
    void aSecondTransferIsToldThatTheFirstIsGoingOn() throws Exception {
        CompletableFuture<DropReceiverListener.Decision> decision = new CompletableFuture<>();
        told.receiver.decision = decision;
        Path file = write("a", 10);
        OutgoingDrop first = DropSender.send(connections.sender(), List.of(file), told.sender);
        Recorder.await(told.receiver.offer);

        assertThat(send(file).reason()).isEqualTo(DropReason.BUSY);

        decision.complete(DropReceiverListener.Decision.ACCEPT);
        assertThat(Recorder.await(first.result()).outcome()).isEqualTo(DropResult.Outcome.COMPLETE);
    }

    @Test
    void aSenderThatCancelsLeavesTheWholeFilesAndNothingElse() throws Exception {
        Path whole = write("whole", 10);
        Path broken = write("broken", 30 * DropProtocol.CHUNK_BYTES);
        OutgoingDrop drop = begin(whole, broken);
        told.receiver.atProgress("broken", () -> {
            Recorder.await(told.sender.firstSent);
            drop.cancel();
        });
        told.release();

        DropResult result = Recorder.await(drop.result());

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.INCOMPLETE, 1, 1, 10, DropReason.CANCELLED));
        assertThat(told.sender.failed).containsOnly(Map.entry("broken", DropReason.UNCONFIRMED));
        assertThat(Recorder.await(told.receiver.finished))
                .isEqualTo(new DropResult(DropResult.Outcome.INCOMPLETE, 1, 0, 10, DropReason.CANCELLED));
        assertThat(names(inbox)).containsExactly("whole");
    }

    @Test
    void aReceiverThatCancelsLeavesTheWholeFilesAndNothingElse() throws Exception {
        Path whole = write("whole", 10);
        Path broken = write("broken", 30 * DropProtocol.CHUNK_BYTES);
        told.receiver.atProgress("broken", receiver::cancel);

        DropResult result = send(whole, broken);

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.INCOMPLETE, 1, 1, 10, DropReason.CANCELLED));
        assertThat(names(inbox)).containsExactly("whole");
    }

    @Test
    void aLostChannelLeavesTheWholeFilesAndBothEndsKnowWhich() throws Exception {
        Path whole = write("whole", 10);
        Path broken = write("broken", 30 * DropProtocol.CHUNK_BYTES);
        told.receiver.atProgress("broken", () -> {
            Recorder.await(told.sender.firstSent);
            connections.sender().lastChannel().sever();
        });

        DropResult result = send(whole, broken);

        DropResult lost = Recorder.await(told.receiver.finished);
        assertThat(lost).isEqualTo(new DropResult(DropResult.Outcome.INCOMPLETE, 1, 0, 10, DropReason.CHANNEL_LOST));
        assertThat(result.reason()).isEqualTo(DropReason.CHANNEL_LOST);
        assertThat(told.sender.sent)
                .isEqualTo(told.receiver.received)
                .extracting(DropFile::path)
                .containsExactly("whole");
        assertThat(told.sender.failed).containsOnly(Map.entry("broken", DropReason.UNCONFIRMED));
        assertThat(names(inbox)).containsExactly("whole");
    }

    @Test
    void aReceiverThatIsSlowLetsTheSenderHoldNoMoreThanItsWindow() throws Exception {
        int chunks = 32;
        Path big = write("big", chunks * DropProtocol.CHUNK_BYTES);
        told.receiver.atProgress(
                "big", () -> connections.sender().lastChannel().awaitSeenBufferedAmount(DropProtocol.WINDOW_BYTES));

        DropResult result = send(big);

        assertThat(result.outcome()).isEqualTo(DropResult.Outcome.COMPLETE);
        assertThat(connections.sender().lastChannel().highestBufferedAmount())
                .isLessThan(DropProtocol.WINDOW_BYTES + DropProtocol.MESSAGE_BYTES + 1024L);
        assertThat(told.receiver.progress)
                .hasSizeLessThanOrEqualTo(chunks + 1)
                .isSorted()
                .endsWith(Files.size(big));
        assertThat(told.sender.progress)
                .hasSizeLessThanOrEqualTo(chunks + 1)
                .isSorted()
                .endsWith(Files.size(big));
    }

    @Test
    void moreFilesThanCanWaitForAResultArriveInOneTransfer() throws Exception {
        Path folder = Files.createDirectory(home.resolve("many"));
        int files = DropProtocol.MAX_OUTSTANDING_RESULTS + 200;
        for (int i = 0; i < files; i++) {
            Files.writeString(folder.resolve("f" + i), "x");
        }

        DropResult result = send(folder);

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.COMPLETE, files, 0, files, null));
        assertThat(Recorder.await(told.receiver.offer).names()).containsExactly("many");
    }

    private DropResult send(Path... paths) throws Exception {
        return Recorder.await(DropSender.send(connections.sender(), List.of(paths), told.sender)
                .result());
    }

    /** A transfer whose receiver has not answered yet. */
    private OutgoingDrop begin(Path... paths) throws Exception {
        told.receiver.decision = told.released.thenApply(released -> DropReceiverListener.Decision.ACCEPT);
        OutgoingDrop drop = DropSender.send(connections.sender(), List.of(paths), told.sender);
        Recorder.await(told.receiver.offer);
        return drop;
    }

    private void onAccepted(Recorder.Action action) {
        told.sender.atAccepted = action;
    }

    private static void truncate(Path file, long size) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(size);
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
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
