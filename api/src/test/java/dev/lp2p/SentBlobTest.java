package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import dev.lp2p.osp.datachannel.DataFrame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentBlobTest {

    private static final int CHUNK = OutgoingBlob.CHUNK_BYTES;
    private static final int CHUNK_ON_THE_WIRE = CHUNK + DataFrame.CHUNK_HEAD_BYTES;

    private final ConnectionFixture fixture = new ConnectionFixture(true);
    private final List<String> events = fixture.events;
    private final LP2PDataChannel channel = fixture.openChannel();
    private final FakeDataChannel wire = fixture.wire();
    private final List<String> opened = new ArrayList<>();

    @Test
    void aBlobLeavesInChunksBetweenTheMessagesAroundIt() {
        channel.send("before");
        channel.send(LP2PBlob.of(bytes("blob")));
        channel.send("after");
        channel.send(LP2PBlob.of(bytes("")));
        fixture.settle();

        assertThat(wire.sent)
                .containsExactly("before", "blob:", "blob", "end of blob", "after", "blob:", "end of blob");
    }

    @Test
    void aFileLeavesAsItIs(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "content");
        channel.send(LP2PBlob.of(file));
        fixture.settle();

        assertThat(wire.sent).containsExactly("blob:", "content", "end of blob");
        assertThatThrownBy(() -> LP2PBlob.of(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aBlobOfKnownSizeIsBufferedFromTheStart() {
        channel.send(LP2PBlob.of(bytes("12345")));
        channel.send("678");
        assertThat(channel.bufferedAmount()).isEqualTo(8);
        fixture.settle();
        assertThat(channel.bufferedAmount()).isEqualTo(8);

        wire.take(Frames.BLOB_START + DataFrame.CHUNK_HEAD_BYTES + 2);
        assertThat(channel.bufferedAmount()).isEqualTo(6);
        wire.take(3 + 1 + Frames.HEADER + 3);
        assertThat(channel.bufferedAmount()).isZero();
    }

    @Test
    void aBlobOfUnknownSizeIsBufferedAsItIsRead() {
        channel.send(LP2PBlob.of(() -> source("12345")));
        assertThat(channel.bufferedAmount()).isZero();
        fixture.settle();
        assertThat(channel.bufferedAmount()).isEqualTo(5);
    }

    @Test
    void aBlobLargerThanWhatMessagesMayHoldIsSentAll() {
        long size = 2 * LP2PDataChannel.MAX_BUFFERED_AMOUNT;
        channel.send(LP2PBlob.of(size, InputStream::nullInputStream));
        channel.send("behind");

        assertThat(channel.bufferedAmount()).isEqualTo(size + 6);
    }

    @Test
    void aBlobIsReadAWindowAheadOfTheTransportAndNoFurther() {
        int chunks = 20;
        channel.send(LP2PBlob.of(() -> source("x".repeat(chunks * CHUNK))));
        fixture.settle();
        int ahead = wire.sent.size() - 1;
        assertThat(ahead * CHUNK).isBetween(OutgoingBlob.READ_AHEAD_BYTES, OutgoingBlob.READ_AHEAD_BYTES + CHUNK);

        wire.take(Frames.BLOB_START + (long) (ahead - 1) * CHUNK_ON_THE_WIRE);
        fixture.settle();

        assertThat(wire.sent).hasSizeGreaterThan(ahead + 1).doesNotContain("end of blob");
        for (int i = 0; i < chunks; i++) {
            wire.take(wire.pendingBytes());
            fixture.settle();
        }
        assertThat(wire.sent).hasSize(chunks + 2).endsWith("end of blob");
        assertThat(channel.bufferedAmount()).isZero();
    }

    @Test
    void aSourceIsOpenedWhenItsTurnComesAndClosed() {
        channel.send(LP2PBlob.of(() -> source("x".repeat(6 * CHUNK))));
        channel.send(LP2PBlob.of(() -> source("second")));
        fixture.settle();
        assertThat(opened).containsExactly("open");

        for (int i = 0; i < 4; i++) {
            wire.take(wire.pendingBytes());
            fixture.settle();
        }

        assertThat(opened).containsExactly("open", "close", "open", "close");
    }

    @Test
    void aSourceThatFailsCutsTheChannelAndSaysWhy() {
        channel.onError(error -> events.add(error.name() + ": " + error.getMessage()));
        channel.onClose(() -> events.add("close"));
        channel.send(LP2PBlob.of(() -> new ByteArrayInputStream(bytes("half")) {
            private boolean read;

            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                if (read) {
                    throw new IllegalStateException("the disk is gone");
                }
                read = true;
                return super.read(into, offset, length);
            }

            @Override
            public void close() {
                opened.add("close");
            }
        }));
        channel.send("never");
        fixture.settle();

        assertThat(wire.aborted).isTrue();
        assertThat(wire.sent).doesNotContain("end of blob", "never");
        assertThat(opened).containsExactly("close");
        assertThat(events).hasSize(2).last().isEqualTo("close");
        assertThat(events.get(0)).startsWith("OPERATION_ERROR").contains("the disk is gone", "send the Blob again");
    }

    @Test
    void aSourceThatCannotBeOpenedCutsTheChannel() {
        channel.send(LP2PBlob.of(() -> {
            throw new IOException("no such thing");
        }));
        fixture.settle();

        assertThat(wire.aborted).isTrue();
    }

    @Test
    void aSourceThatHasMoreOrFewerBytesThanItSaidHasFailed() {
        channel.send(LP2PBlob.of(4, () -> source("five!")));
        fixture.settle();
        assertThat(wire.aborted).isTrue();

        ConnectionFixture other = new ConnectionFixture(true);
        other.openChannel().send(LP2PBlob.of(6, () -> source("five!")));
        other.settle();
        assertThat(other.wire().aborted).isTrue();
        assertThat(other.wire().sent).doesNotContain("end of blob");
    }

    @Test
    void closingWaitsForTheBlob() {
        channel.send(LP2PBlob.of(() -> source("x".repeat(6 * CHUNK))));
        channel.close();
        fixture.settle();
        assertThat(wire.closed).isFalse();

        wire.take(wire.pendingBytes());
        fixture.settle();

        assertThat(wire.closed).isTrue();
        assertThat(wire.sent).endsWith("end of blob");
    }

    @Test
    void aPeerThatClosesInTheMiddleOfABlobCutsIt() {
        channel.onError(error -> events.add("error " + error.name()));
        channel.onClosing(() -> events.add("closing"));
        channel.onClose(() -> events.add("close"));
        channel.send(LP2PBlob.of(() -> source("x".repeat(6 * CHUNK))));
        fixture.settle();

        wire.receive("last words");
        channel.onMessage(data -> events.add(ConnectionFixture.text(data)));
        wire.listener().onClosing();
        fixture.settle();

        assertThat(wire.aborted).isTrue();
        assertThat(opened).containsExactly("open", "close");
        assertThat(events).containsExactly("last words", "closing", "error OPERATION_ERROR", "close");
    }

    @Test
    void aBlobThatWaitsForOthersWhenTheChannelEndsIsNeverOpened() {
        channel.send(LP2PBlob.of(() -> source("x".repeat(6 * CHUNK))));
        channel.send(LP2PBlob.of(() -> source("second")));
        fixture.settle();

        wire.end(Reason.NETWORK_LOST);
        fixture.settle();

        assertThat(opened).containsExactly("open", "close");
    }

    @Test
    void misuseIsAnErrorAtOnce() {
        assertThatThrownBy(() -> channel.send(LP2PBlob.of(-1, InputStream::nullInputStream)))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.TYPE_ERROR));
        channel.close();
        assertThatThrownBy(() -> channel.send(LP2PBlob.of(bytes("late"))))
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR));
    }

    private InputStream source(String text) {
        opened.add("open");
        return new ByteArrayInputStream(bytes(text)) {
            @Override
            public void close() {
                opened.add("close");
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
