package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver against a sender that says what it likes. */
class HostileSenderTest {

    @TempDir
    Path home;

    private final FakeConnection.Pair connections = FakeConnection.pair();
    private final Recorder.Receiver told = new Recorder.Receiver();
    private Path inbox = Path.of("");

    @BeforeEach
    void attach() throws IOException {
        inbox = Files.createDirectory(home.resolve("inbox"));
        new DropReceiver(inbox, told).attach(connections.receiver());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../outside",
                "a/../../outside",
                "a/./b",
                "a//b",
                "a/",
                "",
                ".",
                "..",
                "..\\\\outside",
                "a\\\\b",
                "C:/outside",
                "c:outside",
                "a\\u0000b",
                "a\\nb",
                "a\\u0085b",
                "a\\u2028b",
                "\\ud800"
            })
    void aPathThatIsNotPlainlyInsideTheFolderIsRefusedAndTheTransferGoesOn(String path) throws Exception {
        RawPeer sender = accepted(2, 0);

        sender.empty(path).empty("fine").say("{'type':'end','files':2}");

        sender.expectRefused(0, DropReason.BAD_PATH);
        sender.expectReceived(1, 0, "fine");
        sender.expect("{'type':'done','received':1,'refused':1,'bytes':0}");
        assertThat(everything()).containsExactly("inbox", "inbox/fine");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "CON, _CON",
                "nul.txt, _nul.txt",
                "Com1.tar.gz, _Com1.tar.gz",
                "LPT¹, _LPT¹",
                "CONIN$, _CONIN$",
                "COMET, COMET",
                "name., name_",
                "`name .. `, name____",
                "e\\u0301, \u00e9",
                "evil\\u202Egpj.exe, evil_gpj.exe",
                "...a, _...a",
                ".bash_profile, _.bash_profile"
            })
    void aNameThatSomeSystemCannotStoreIsMadeSafeAndReported(String sent, String saved) throws Exception {
        RawPeer sender = accepted(2, 0);

        sender.empty(sent).empty(sent + "/inside");

        sender.expectReceived(0, 0, saved);
        sender.expectReceived(1, 0, SafeName.numbered(saved, 2) + "/inside");
        assertThat(inbox.resolve(saved)).isRegularFile();
    }

    @Test
    void aNameWithALeadingDotStaysAsItIsInsideAFolderOfTheTransfer() throws Exception {
        RawPeer sender = accepted(1, 0);

        sender.empty("project/.gitignore");

        sender.expectReceived(0, 0, "project/.gitignore");
    }

    @Test
    void aNameOfMoreThan255BytesIsShortenedBeforeItsExtension() throws Exception {
        RawPeer sender = accepted(2, 0);

        sender.empty("ä".repeat(200) + ".jpeg").empty("ä".repeat(200) + ".jpeg");

        sender.expectReceived(0, 0, "ä".repeat(125) + ".jpeg");
        sender.expectReceived(1, 0, "ä".repeat(123) + " (2).jpeg");
    }

    @Test
    void aPathThatIsTooLongOrTooDeepIsRefused() throws Exception {
        RawPeer sender = accepted(3, 0);

        sender.empty("a/".repeat(2048) + "b");
        sender.empty("a/".repeat(64) + "b");
        sender.empty("a/".repeat(63) + "b");

        sender.expectRefused(0, DropReason.PATH_TOO_LONG);
        sender.expectRefused(1, DropReason.TOO_DEEP);
        sender.expectReceived(2, 0, "a/".repeat(63) + "b");
    }

    @Test
    void ofTwoNamesThatDifferOnlyInCaseOrNormalisationTheSecondGetsANumber() throws Exception {
        RawPeer sender = accepted(7, 0);

        sender.empty("readme").empty("README");
        sender.empty("\\u00e9").empty("e\\u0301");
        sender.empty("Dir/a").empty("dir/b").empty("Dir/A");

        sender.expectReceived(0, 0, "readme");
        sender.expectReceived(1, 0, "README (2)");
        sender.expectReceived(2, 0, "é");
        sender.expectReceived(3, 0, "é (2)");
        sender.expectReceived(4, 0, "Dir/a");
        sender.expectReceived(5, 0, "dir (2)/b");
        sender.expectReceived(6, 0, "Dir/A (2)");
    }

    @Test
    void aLinkThatLiesInTheFolderIsNeitherFollowedNorReplaced() throws Exception {
        Path outside = Files.createDirectory(home.resolve("outside"));
        Files.createSymbolicLink(inbox.resolve("out"), outside);
        Files.createSymbolicLink(inbox.resolve("dangling"), outside.resolve("new"));
        RawPeer sender = accepted(2, 0);

        sender.empty("out/a").empty("dangling");

        sender.expectReceived(0, 0, "out (2)/a");
        sender.expectReceived(1, 0, "dangling (2)");
        assertThat(outside).isEmptyDirectory();
        assertThat(inbox.resolve("dangling")).isSymbolicLink();
    }

    @Test
    void aFolderSwappedForALinkDuringTheTransferLeadsNowhere() throws Exception {
        Path outside = Files.createDirectory(home.resolve("outside"));
        RawPeer sender = accepted(4, 20);
        sender.empty("a/b/first");
        sender.expectReceived(0, 0, "a/b/first");

        sender.file("a/b/second", 10).bytes(5);
        Files.move(inbox.resolve("a"), home.resolve("taken"));
        Files.createDirectory(outside.resolve("b"));
        Files.createSymbolicLink(inbox.resolve("a"), outside);
        sender.bytes(5).say(RawPeer.chunk(10)).say(RawPeer.checksum(10));
        sender.empty("a/third").empty("fine");

        sender.expectRefused(1, DropReason.FOLDER_REPLACED);
        sender.expectRefused(2, DropReason.FOLDER_REPLACED);
        sender.expectReceived(3, 0, "fine");
        assertThat(everything())
                .containsExactlyInAnyOrder(
                        "inbox", "inbox/a", "inbox/fine", "outside", "outside/b", "taken", "taken/b", "taken/b/first");
    }

    @Test
    void whatExistsIsNotOverwritten() throws Exception {
        Files.writeString(inbox.resolve("a.txt"), "mine");
        Files.createDirectories(inbox.resolve("dir/sub"));
        RawPeer sender = accepted(4, 3);

        sender.zeros("a.txt", 3).empty("dir/sub/x").empty("dir/y");

        sender.expectReceived(0, 3, "a (2).txt");
        sender.expectReceived(1, 0, "dir (2)/sub/x");
        sender.expectReceived(2, 0, "dir (2)/y");
        Files.writeString(inbox.resolve("dir (2)/z"), "someone's, meanwhile");
        sender.empty("dir/z");
        sender.expectReceived(3, 0, "dir (2)/z (2)");
        assertThat(inbox.resolve("a.txt")).hasContent("mine");
        assertThat(inbox.resolve("dir/sub")).isEmptyDirectory();
    }

    @Test
    void aChunkOrFileWithAWrongDigestIsCorruptAndLeavesNothing() throws Exception {
        RawPeer sender = accepted(3, 30);

        sender.file("a", 10).bytes(10).say(RawPeer.chunk(9)).say(RawPeer.checksum(10));
        sender.file("b", 10).bytes(10).say(RawPeer.chunk(10)).say(RawPeer.checksum(9));
        sender.zeros("c", 10);

        sender.expectRefused(0, DropReason.CORRUPT);
        sender.expectRefused(1, DropReason.CORRUPT);
        sender.expectReceived(2, 10, "c");
        assertThat(everything()).containsExactly("inbox", "inbox/c");
    }

    @Test
    void nothingBeyondTheOfferIsTaken() throws Exception {
        RawPeer sender = accepted(2, 10);

        sender.file("big", 11).say("{'type':'abort','reason':'aborted'}");
        sender.zeros("a", 10);
        sender.empty("third");

        sender.expectRefused(0, DropReason.BEYOND_OFFER);
        sender.expectReceived(1, 10, "a");
        sender.expectRefused(2, DropReason.BEYOND_OFFER);
    }

    @Test
    void aFileThatTheSenderBreaksOffLeavesNothing() throws Exception {
        RawPeer sender = accepted(2, 20);

        sender.file("a", 10).bytes(5).say("{'type':'abort','reason':'changed'}");
        sender.zeros("b", 10).say("{'type':'end','files':2}");

        sender.expectRefused(0, DropReason.ABORTED);
        sender.expectReceived(1, 10, "b");
        sender.expect("{'type':'done','received':1,'refused':1,'bytes':10}");
        assertThat(Recorder.await(told.finished)).isEqualTo(new DropResult(DropResult.Outcome.PARTIAL, 1, 1, 10, null));
        assertThat(everything()).containsExactly("inbox", "inbox/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "1",
                "{}",
                "{'type':5}",
                "{'type':'file','path':'b','size':1,'modified':0}",
                "{'type':'checksum','sha256':'5'}",
                "{'type':'chunk','sha256':'0000000000000000000000000000000000000000000000000000000000000000'}",
                "{'type':'end','files':1}",
                "{'type':'end','files':-1}",
                "{'type':'end','files':1.5}",
                "{'type':'end','files':99999999999999999999999999}",
                "{'type':'end','type':'end','files':1}",
                "{'type':'abort','reason':'x'} {}",
                "{'type':'offer','version':1,'transfer':'t','files':1,'bytes':1,'names':[]}",
                "{'type':'accept'}",
                "{'type':'x','a':[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}"
            })
    void whatTheProtocolDoesNotAllowEndsTheTransferAndLeavesNothing(String message) throws Exception {
        RawPeer sender = accepted(2, 100);

        sender.file("a", 10).bytes(5).say(message);

        sender.expectCancel(DropReason.MALFORMED);
        assertThat(Recorder.await(told.finished))
                .isEqualTo(new DropResult(DropResult.Outcome.INCOMPLETE, 0, 0, 0, DropReason.MALFORMED));
        assertThat(everything()).containsExactly("inbox");
    }

    @Test
    void bytesAcrossTheEndOfAChunkEndTheTransfer() throws Exception {
        RawPeer sender = accepted(1, 2L * DropProtocol.CHUNK_BYTES);

        sender.file("a", 2L * DropProtocol.CHUNK_BYTES).bytes(DropProtocol.CHUNK_BYTES + 1);

        sender.expectCancel(DropReason.MALFORMED);
    }

    @Test
    void bytesInTheRoomOfADigestEndTheTransfer() throws Exception {
        RawPeer sender = accepted(1, 2L * DropProtocol.CHUNK_BYTES);

        sender.file("a", 2L * DropProtocol.CHUNK_BYTES)
                .bytes(DropProtocol.CHUNK_BYTES)
                .bytes(1);

        sender.expectCancel(DropReason.MALFORMED);
    }

    @Test
    void aMessageLargerThanTheCapEndsTheTransfer() throws Exception {
        RawPeer sender = accepted(1, 1);

        sender.say("{'type':'abort','reason':'" + "x".repeat(DropProtocol.MAX_CONTROL_LENGTH) + "'}");

        sender.expectCancel(DropReason.MALFORMED);
    }

    @Test
    void anUnknownMessageIsToldSo() throws Exception {
        RawPeer sender = accepted(1, 1);

        sender.say("{'type':'resume'}");

        sender.expectCancel(DropReason.UNKNOWN_MESSAGE);
    }

    @Test
    void anotherVersionIsToldSo() throws Exception {
        RawPeer offering = RawPeer.sender(connections.sender(), DropProtocol.NAME);
        offering.say("{'type':'offer','version':2}");
        offering.expectCancel(DropReason.UNSUPPORTED_VERSION);

        RawPeer naming = RawPeer.sender(connections.sender(), "lp2p-drop-2");
        naming.expectCancel(DropReason.UNSUPPORTED_VERSION);

        RawPeer.sender(connections.sender(), "chess").awaitClose();
    }

    @Test
    void bytesAndFilesBeforeTheAnswerEndTheTransfer() throws Exception {
        told.decision = new CompletableFuture<>();
        RawPeer early = RawPeer.sender(connections.sender(), DropProtocol.NAME);
        early.offer(1, 1).bytes(1);
        early.expectCancel(DropReason.MALFORMED);

        RawPeer unasked = RawPeer.sender(connections.sender(), DropProtocol.NAME);
        unasked.file("a", 1);
        unasked.expectCancel(DropReason.MALFORMED);
        assertThat(everything()).containsExactly("inbox");
    }

    @Test
    void anOfferBeyondTheCapsIsDeclinedWithoutAsking() throws Exception {
        RawPeer files = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(DropProtocol.MAX_FILES + 1, 1);
        files.expect("{'type':'decline','reason':'too-many-files'}");

        RawPeer bytes = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(1, DropProtocol.MAX_BYTES + 1);
        bytes.expect("{'type':'decline','reason':'too-many-bytes'}");

        RawPeer space = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(1, DropProtocol.MAX_BYTES);
        space.expect("{'type':'decline','reason':'no-space'}");
        assertThat(told.offer).isNotDone();
    }

    @Test
    void namesInAnOfferAreFitToBeShown() throws Exception {
        RawPeer sender = RawPeer.sender(connections.sender(), DropProtocol.NAME);
        sender.say(
                "{'type':'offer','version':1,'transfer':'t','files':1,'bytes':1,'names':['a\\u001b[2Jb','\\u202Ec']}");

        assertThat(Recorder.await(told.offer).names()).containsExactly("a\uFFFD[2Jb", "\uFFFDc");
    }

    @Test
    void aSenderThatReadsNoAnswersIsCutOff() throws Exception {
        // Answers repeat the path, so that long ones fill the room sooner.
        String folder = ("x".repeat(250) + "/").repeat(12);
        int files = 2 * DropProtocol.MAX_UNREAD_ANSWERS_BYTES / folder.length();
        RawPeer sender = accepted(files, 0);
        CompletableFuture<Boolean> never = new CompletableFuture<>();
        sender.channel().onMessage(message -> never.join());

        int announced = 0;
        while (announced < files && !told.finished.isDone()) {
            sender.empty(folder + announced);
            announced++;
        }

        assertThat(Recorder.await(told.finished).reason()).isEqualTo(DropReason.ANSWERS_UNREAD);
        never.complete(true);
    }

    private RawPeer accepted(int files, long bytes) throws Exception {
        RawPeer sender = RawPeer.sender(connections.sender(), DropProtocol.NAME).offer(files, bytes);
        sender.expect("{'type':'accept'}");
        return sender;
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> !file.equals(home))
                    .map(file -> home.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
