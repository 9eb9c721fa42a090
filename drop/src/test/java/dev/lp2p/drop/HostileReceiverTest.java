package dev.lp2p.drop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender against a receiver that says what it likes. */
class HostileReceiverTest {

    @TempDir
    Path home;

    private final FakeConnection.Pair connections = FakeConnection.pair();
    private final RawPeer receiver = RawPeer.receiver(connections.receiver());
    private final Recorder.Sender told = new Recorder.Sender();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'received','file':0,'bytes':3,'sha256':'%s','savedAs':'a'}",
                "{'type':'refused','file':0,'reason':'corrupt'}",
                "{'type':'done','received':1,'refused':0,'bytes':3}",
                "{'type':'end','files':1}",
                "not json"
            })
    void anAnswerOutOfPlaceEndsTheTransferWithNothingConfirmed(String answer) throws Exception {
        OutgoingDrop drop = send("abc");
        receiver.next();

        receiver.say(answer.formatted(RawPeer.digest("abc")));

        assertIncomplete(drop, DropReason.MALFORMED);
        receiver.expectCancel(DropReason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'received','file':0,'bytes':2,'sha256':'%s','savedAs':'a'}",
                "{'type':'received','file':1,'bytes':3,'sha256':'%s','savedAs':'a'}",
                "{'type':'received','file':0,'bytes':3,"
                        + "'sha256':'0000000000000000000000000000000000000000000000000000000000000000','savedAs':'a'}",
                "{'type':'refused','file':7,'reason':'corrupt'}",
                "{'type':'done','received':1,'refused':0,'bytes':3}",
                "{'type':'done','received':0,'refused':0,'bytes':0}",
                "{'type':'accept'}"
            })
    void aResultThatIsNotTrueEndsTheTransferAndLeavesTheFileUnconfirmed(String answer) throws Exception {
        OutgoingDrop drop = send("abc");
        acceptAndHearEverything();

        receiver.say(answer.formatted(RawPeer.digest("abc")));

        assertIncomplete(drop, DropReason.MALFORMED);
        assertThat(told.failed).containsExactly(java.util.Map.entry("a", DropReason.UNCONFIRMED));
    }

    @Test
    void bytesFromAReceiverEndTheTransfer() throws Exception {
        OutgoingDrop drop = send("abc");
        receiver.next();

        receiver.bytes(1);

        assertIncomplete(drop, DropReason.MALFORMED);
    }

    @Test
    void anUnknownMessageOrReasonIsKnownAsSuch() throws Exception {
        OutgoingDrop first = send("abc");
        receiver.next();
        receiver.say("{'type':'pause'}");
        assertIncomplete(first, DropReason.UNKNOWN_MESSAGE);
    }

    @Test
    void aReasonOfALaterVersionIsAReason() throws Exception {
        OutgoingDrop drop = send("abc");
        receiver.next();
        receiver.say("{'type':'decline','reason':'too-early'}");

        DropResult result = Recorder.await(drop.result());

        assertThat(result).isEqualTo(new DropResult(DropResult.Outcome.DECLINED, 0, 0, 0, DropReason.OTHER));
    }

    @Test
    void aFileThatIsRefusedEarlyIsBrokenOffAtTheEndOfAChunk() throws Exception {
        Path big = home.resolve("big");
        try (var file = new java.io.RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(50L * DropProtocol.CHUNK_BYTES);
        }
        OutgoingDrop drop = DropSender.send(connections.sender(), List.of(big), told);
        receiver.next();
        // The sender has heard before it has room for the rest, however late either side gets to run.
        receiver.atFirstBytes(() -> {
            receiver.say("{'type':'refused','file':0,'reason':'no-space'}");
            Recorder.await(told.firstFailed);
        });
        receiver.say("{'type':'accept'}");
        receiver.next();

        String last = receiver.next();
        long bytes = 0;
        while (!last.contains("abort")) {
            bytes += last.startsWith("(") ? Long.parseLong(last.replaceAll("\\D", "")) : 0;
            last = receiver.next();
        }
        receiver.expect("{'type':'end','files':1}");
        receiver.say("{'type':'done','received':0,'refused':1,'bytes':0}");

        assertThat(bytes % DropProtocol.CHUNK_BYTES).isZero();
        assertThat(bytes).isLessThan(50L * DropProtocol.CHUNK_BYTES);
        assertThat(Recorder.await(drop.result())).isEqualTo(new DropResult(DropResult.Outcome.PARTIAL, 0, 1, 0, null));
        assertThat(told.failed).containsEntry("big", DropReason.NO_SPACE);
    }

    @Test
    void aReceiverThatSaysNothingStopsTheSenderAtTheCapOfFilesWithoutResult() throws Exception {
        Path folder = Files.createDirectory(home.resolve("many"));
        int files = DropProtocol.MAX_OUTSTANDING_RESULTS + 50;
        for (int i = 0; i < files; i++) {
            Files.createFile(folder.resolve("f" + i));
        }
        OutgoingDrop drop = DropSender.send(connections.sender(), List.of(folder), told);
        receiver.next();
        receiver.say("{'type':'accept'}");
        for (int i = 0; i < DropProtocol.MAX_OUTSTANDING_RESULTS; i++) {
            assertThat(receiver.next()).contains("'file'".replace('\'', '"'));
            assertThat(receiver.next()).contains("checksum");
        }

        // The next thing it says is the answer to a result, or to the cancel: never another file before.
        drop.cancel();

        receiver.expectCancel(DropReason.CANCELLED);
        assertThat(Recorder.await(drop.result()).failed()).isEqualTo(DropProtocol.MAX_OUTSTANDING_RESULTS);
    }

    private OutgoingDrop send(String content) throws Exception {
        return DropSender.send(connections.sender(), List.of(Files.writeString(home.resolve("a"), content)), told);
    }

    private void acceptAndHearEverything() throws Exception {
        assertThat(receiver.next()).contains("offer");
        receiver.say("{'type':'accept'}");
        for (String part : List.of("file", "3 bytes", "chunk", "checksum", "end")) {
            assertThat(receiver.next()).contains(part);
        }
    }

    private static void assertIncomplete(OutgoingDrop drop, DropReason reason) throws Exception {
        DropResult result = Recorder.await(drop.result());
        assertThat(result.outcome()).isEqualTo(DropResult.Outcome.INCOMPLETE);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.files()).isZero();
    }
}
