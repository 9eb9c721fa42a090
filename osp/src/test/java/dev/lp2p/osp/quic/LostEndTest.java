package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.quic.TestPeer.TestConnection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The packet is lost that has the FIN of a stream and none of its data, which was acknowledged. What the sender then has
 * to say beside the stream is carried by the test.
 */
class LostEndTest {

    private static final String ANSWER = "answer";

    private TestPeer server;
    private TestPeer client;
    private DatagramRelay network;
    private TestConnection dialled;
    private TestConnection accepted;
    private final BlockingQueue<End> told = new LinkedBlockingQueue<>();

    private record End(long streamId, long bytes) {}

    @BeforeEach
    void connect() throws Exception {
        server = TestPeer.on("127.0.0.1");
        client = TestPeer.on("127.0.0.1");
        network = new DatagramRelay(server.address());
        dialled = client.dial(List.of(network.address()), server.identity.fingerprint());
        accepted = server.accept();
        server.runOnLoop(
                () -> accepted.connection.setEndListener((streamId, bytes) -> told.add(new End(streamId, bytes))));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        network.close();
    }

    @Test
    void aReaderThatFinishedFirstLearnsOfTheEnd() throws Exception {
        RecordingStream reader = dialled.openBidirectional();
        client.runOnLoop(() -> {
            reader.stream().write(text("question"));
            reader.stream().finish();
        });
        RecordingStream writer = accepted.nextStream();
        assertThat(writer.text()).isEqualTo("question");

        loseTheEnd(writer, reader);
        assertThat(reader.isFinished()).isFalse();
        tell(TestPeer.next(told));
        assertThat(reader.text()).isEqualTo(ANSWER);
    }

    @Test
    void theReaderOfAUnidirectionalStreamLearnsOfTheEnd() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text("!")));
        RecordingStream reader = dialled.nextStream();

        loseTheEnd(writer, reader);
        tell(TestPeer.next(told));
        assertThat(reader.text()).isEqualTo("!" + ANSWER);
    }

    @Test
    void aReaderThatPausedLearnsOfTheEndWhenItGoesOn() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text("!")));
        RecordingStream reader = dialled.nextStream();
        reader.awaitBytes(1);

        loseTheEnd(writer, reader);
        client.runOnLoop(() -> reader.stream().setReading(false));
        tell(TestPeer.next(told));
        assertThat(reader.isFinished()).isFalse();
        client.runOnLoop(() -> reader.stream().setReading(true));
        assertThat(reader.text()).isEqualTo("!" + ANSWER);
    }

    @Test
    void anEndThatOvertakesItsStreamWaitsForAllTheBytes() throws Exception {
        network.toClient.hold();
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        server.runOnLoop(() -> writer.stream().finish());
        End end = TestPeer.next(told);
        tell(end);
        tell(end);
        network.toClient.pass();
        assertThat(dialled.nextStream().text()).isEqualTo(ANSWER);
    }

    @Test
    void finsThatComeAfterTheWordOfThemFreeTheirStreams() throws Exception {
        BlockingQueue<RecordingStream> paused = new LinkedBlockingQueue<>();
        client.onStream(stream -> new PausingStream(stream, paused));
        List<RecordingStream> writers = new ArrayList<>();
        List<RecordingStream> readers = new ArrayList<>();
        for (int i = 0; i < QuicLimits.DEFAULT.unidirectionalStreams(); i++) {
            RecordingStream writer = accepted.openUnidirectional();
            server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
            writers.add(writer);
            readers.add(TestPeer.next(paused));
        }
        network.toClient.hold();
        for (int i = 0; i < writers.size(); i++) {
            RecordingStream writer = writers.get(i);
            RecordingStream reader = readers.get(i);
            server.runOnLoop(() -> writer.stream().finish());
            tell(TestPeer.next(told));
            client.runOnLoop(() -> reader.stream().setReading(true));
            assertThat(reader.text()).isEqualTo(ANSWER);
        }
        network.toClient.pass();
        client.onStream(RecordingStream::new);
        dialled.streamListeners.clear();
        assertThat(anotherStream()).isEqualTo("another");
    }

    @Test
    void aWordOfAStreamThatIsOverOrWasNeverOursIsIgnored() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        RecordingStream reader = dialled.nextStream();
        server.runOnLoop(() -> writer.stream().finish());
        assertThat(reader.text()).isEqualTo(ANSWER);
        End end = TestPeer.next(told);
        tell(end);
        tell(new End(end.streamId, 99));
        // Of the client itself, which opened none.
        tell(new End(0, 1));
        tell(new End(2, 1));
        tell(new End((1L << 62) - 1, 1));
        assertThat(anotherStream()).isEqualTo("another");
    }

    @Test
    void aStreamThatWasGivenUpIgnoresItsEnd() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        RecordingStream reader = dialled.nextStream();
        reader.awaitBytes(ANSWER.length());
        long id = client.onLoop(() -> reader.stream().id().orElseThrow());
        client.runOnLoop(() -> reader.stream().reset(1));
        tell(new End(id, 1));
        assertThat(anotherStream()).isEqualTo("another");
        assertThat(reader.isFinished()).isFalse();
    }

    @Test
    void anEndBeforeWhatCameClosesTheConnection() throws Exception {
        long id = streamThatCame();
        tell(new End(id, ANSWER.length() - 1));
        assertClosed();
    }

    @Test
    void aSecondAndOtherEndClosesTheConnection() throws Exception {
        long id = streamThatCame();
        tell(new End(id, 100));
        tell(new End(id, 101));
        assertClosed();
    }

    @Test
    void aSecondAndOtherEndOfAStreamToComeClosesTheConnection() throws Exception {
        tell(new End(3, 100));
        tell(new End(3, 101));
        assertClosed();
    }

    @Test
    void moreThanWasToComeClosesTheConnection() throws Exception {
        tell(new End(3, ANSWER.length() - 1));
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        assertClosed();
        assertThat(dialled.nextStream().receivedBytes()).isZero();
    }

    @Test
    void whatComesBehindTheEndClosesTheConnection() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        RecordingStream reader = dialled.nextStream();
        reader.awaitBytes(ANSWER.length());
        tell(new End(3, ANSWER.length()));
        assertThat(reader.text()).isEqualTo(ANSWER);
        server.runOnLoop(() -> writer.stream().write(text("more")));
        assertClosed();
    }

    @Test
    void whatComesBehindTheEndDoesNotReachWhoStillSends() throws Exception {
        RecordingStream reader = dialled.openBidirectional();
        client.runOnLoop(() -> reader.stream().write(text("question")));
        RecordingStream writer = accepted.nextStream();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        reader.awaitBytes(ANSWER.length());
        tell(new End(0, ANSWER.length()));
        assertThat(reader.text()).isEqualTo(ANSWER);
        server.runOnLoop(() -> writer.stream().write(text("more")));
        assertClosed();
        assertThat(reader.receivedBytes()).isEqualTo(ANSWER.length());
    }

    @Test
    void aFinBeforeTheEndClosesTheConnection() throws Exception {
        tell(new End(3, ANSWER.length() + 1));
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> {
            writer.stream().write(text(ANSWER));
            writer.stream().finish();
        });
        assertClosed();
    }

    @Test
    void theEndOfAnEmptyDirectionIsSentAgainByQuicItself() throws Exception {
        RecordingStream reader = dialled.openBidirectional();
        client.runOnLoop(() -> reader.stream().write(text("question")));
        RecordingStream writer = accepted.nextStream();
        writer.awaitBytes("question".length());

        server.runOnLoop(() -> {
            network.toClient.lose();
            writer.stream().finish();
        });
        network.toClient.awaitLoss();
        client.runOnLoop(() -> reader.stream().finish());
        assertThat(writer.text()).isEqualTo("question");
        network.toClient.pass();
        assertThat(reader.text()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void theEndGoesWithTheLastBytesWhereItCan() throws Exception {
        RecordingStream small = accepted.openUnidirectional();
        server.runOnLoop(() -> {
            small.stream().write(text("!"));
            small.stream().write(text(ANSWER));
            small.stream().finish();
        });
        assertThat(dialled.nextStream().text()).isEqualTo("!" + ANSWER);

        int bytes = 1_000_000;
        RecordingStream large = accepted.openUnidirectional();
        server.runOnLoop(() -> {
            large.stream().write(Unpooled.directBuffer(bytes).writeZero(bytes));
            large.stream().finish();
        });
        assertThat(dialled.nextStream().bytes()).hasSize(bytes);

        RecordingStream empty = accepted.openUnidirectional();
        server.runOnLoop(() -> empty.stream().finish());
        assertThat(dialled.nextStream().text()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void anEndWithNothingInItIsStillApart() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        server.runOnLoop(() -> {
            writer.stream().write(Unpooled.EMPTY_BUFFER);
            writer.stream().finish();
        });
        assertThat(TestPeer.next(told)).isEqualTo(new End(3, ANSWER.length()));
    }

    /** The acknowledgement of the data arrives, and the FIN does not. */
    private void loseTheEnd(RecordingStream writer, RecordingStream reader) throws Exception {
        network.toServer.hold();
        int before = reader.receivedBytes();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        reader.awaitBytes(before + ANSWER.length());

        server.runOnLoop(() -> {
            // Here, or a probe that was sent before, for what is not acknowledged, would be taken for the end.
            network.toClient.lose();
            writer.stream().finish();
        });
        network.toClient.awaitLoss();

        network.toServer.pass();
        RecordingStream behindTheAcknowledgement = dialled.openUnidirectional();
        client.runOnLoop(() -> behindTheAcknowledgement.stream().write(text("later")));
        accepted.nextStream().awaitBytes("later".length());
        network.toClient.pass();
    }

    private void tell(End end) throws Exception {
        client.runOnLoop(() -> dialled.connection.onPeerEnd(end.streamId, end.bytes));
    }

    private long streamThatCame() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> writer.stream().write(text(ANSWER)));
        RecordingStream reader = dialled.nextStream();
        reader.awaitBytes(ANSWER.length());
        return client.onLoop(() -> reader.stream().id().orElseThrow());
    }

    private String anotherStream() throws Exception {
        RecordingStream writer = accepted.openUnidirectional();
        server.runOnLoop(() -> {
            writer.stream().write(text("another"));
            writer.stream().finish();
        });
        return dialled.nextStream().text();
    }

    private void assertClosed() throws Exception {
        assertThat(dialled.closeReason().kind()).isEqualTo(ConnectionCloseReason.Kind.TRANSPORT_ERROR);
        assertThat(accepted.closeReason().kind()).isEqualTo(ConnectionCloseReason.Kind.TRANSPORT_ERROR);
        assertThat(accepted.closeReason().errorCode()).isEqualTo(CloseCode.FINAL_SIZE_ERROR);
    }

    /** Stops reading as soon as it has something. */
    private record PausingStream(RecordingStream heard, TransportStream stream, BlockingQueue<RecordingStream> paused)
            implements StreamListener {

        PausingStream(TransportStream stream, BlockingQueue<RecordingStream> paused) {
            this(new RecordingStream(stream), stream, paused);
        }

        @Override
        public void onData(ByteBuf data) {
            stream.setReading(false);
            heard.onData(data);
            paused.add(heard);
        }

        @Override
        public void onFinished() {
            heard.onFinished();
        }
    }

    private static ByteBuf text(String message) {
        return Unpooled.copiedBuffer(message, StandardCharsets.UTF_8);
    }
}
