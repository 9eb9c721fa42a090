package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WrittenBlobTest {

    private final ConnectionFixture fixture = new ConnectionFixture(true);
    private final List<String> events = fixture.events;
    private final LP2PDataChannel channel = fixture.openChannel();
    private final FakeDataChannel wire = fixture.wire();

    @Test
    void whatIsWrittenLeavesAtOnceAndWhatWasSentAfterItWaitsForItsEnd() {
        channel.send("before");
        LP2PBlobWriter blob = channel.sendBlob();
        channel.send("after");
        write(blob, "one");
        fixture.settle();
        assertThat(wire.sent).containsExactly("before", "blob:", "one");

        write(blob, "two");
        blob.close();
        fixture.settle();
        assertThat(wire.sent).containsExactly("before", "blob:", "one", "two", "end of blob", "after");
    }

    @Test
    void whatIsWrittenCountsUntilTheTransportTookIt() {
        LP2PBlobWriter blob = channel.sendBlob();
        write(blob, "12345");
        assertThat(channel.bufferedAmount()).isEqualTo(5);
        fixture.settle();
        assertThat(channel.bufferedAmount()).isEqualTo(5);

        wire.take(wire.pendingBytes());
        assertThat(channel.bufferedAmount()).isZero();
    }

    @Test
    void aSlowPeerBoundsWhatWaits() {
        LP2PBlobWriter blob = channel.sendBlob();
        ByteBuffer large = ByteBuffer.allocate((int) LP2PDataChannel.MAX_BUFFERED_AMOUNT);
        blob.write(large);

        assertThatThrownBy(() -> write(blob, "x")).isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                .isEqualTo(LP2PException.Name.OPERATION_ERROR));
        channel.close();
        wire.end(Reason.NETWORK_LOST);
        fixture.settle();
    }

    @Test
    void aBlobThatIsGivenUpCutsTheChannelAndSaysWhy() {
        fixture.record(channel);
        LP2PBlobWriter blob = channel.sendBlob();
        write(blob, "half");
        blob.abort(new IOException("gone"));
        fixture.settle();

        assertThat(wire.aborted).isTrue();
        assertThat(events).contains("error OPERATION_ERROR");
        assertThatThrownBy(() -> write(blob, "more"))
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR));
    }

    @Test
    void writingToAChannelThatEndedDoesNothing() {
        LP2PBlobWriter blob = channel.sendBlob();
        write(blob, "half");
        wire.end(Reason.NETWORK_LOST);
        fixture.settle();

        write(blob, "more");
        blob.close();
        fixture.settle();
        assertThat(channel.readyState()).isEqualTo(LP2PDataChannel.ReadyState.CLOSED);
    }

    private static void write(LP2PBlobWriter blob, String text) {
        blob.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
