package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.quic.TestPeer.TestConnection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.StreamListener;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuicStreamTest {

    private TestPeer server;
    private TestPeer client;
    private TestConnection dialled;
    private TestConnection accepted;

    @BeforeEach
    void connect() throws Exception {
        server = TestPeer.on("127.0.0.1");
        client = TestPeer.on("127.0.0.1");
        dialled = client.dial(server);
        accepted = server.accept();
        // A stranger may not send as much.
        server.runOnLoop(accepted.connection::vouch);
        client.runOnLoop(dialled.connection::vouch);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aMessageCrossesOnAUnidirectionalStreamEitherWay() throws Exception {
        RecordingStream there = dialled.openUnidirectional();
        send(client, there, "to the server");
        assertThat(accepted.nextStream().text()).isEqualTo("to the server");

        RecordingStream back = accepted.openUnidirectional();
        send(server, back, "to the client");
        assertThat(dialled.nextStream().text()).isEqualTo("to the client");
    }

    @Test
    void eachDirectionOfABidirectionalStreamEndsByItself() throws Exception {
        RecordingStream opener = dialled.openBidirectional();
        send(client, opener, "question");
        RecordingStream answerer = accepted.nextStream();
        assertThat(answerer.text()).isEqualTo("question");
        assertThat(opener.isFinished()).isFalse();
        send(server, answerer, "answer");
        assertThat(opener.text()).isEqualTo("answer");
    }

    @Test
    void manyMegabytesArriveWholeAndInOrder() throws Exception {
        byte[] sent = new byte[10_000_000];
        new Random(1).nextBytes(sent);
        RecordingStream out = dialled.openBidirectional();
        client.runOnLoop(() -> {
            int position = 0;
            Random sizes = new Random(2);
            while (position < sent.length) {
                int length = Math.min(1 + sizes.nextInt(200_000), sent.length - position);
                out.stream().write(Unpooled.copiedBuffer(sent, position, length));
                position += length;
            }
            out.stream().finish();
        });
        assertThat(accepted.nextStream().bytes()).isEqualTo(sent);
        assertThat(client.onLoop(() -> out.stream().pendingBytes())).isZero();
    }

    @Test
    void moreStreamsThanThePeerAllowsAtOnceWaitForTheirTurn() throws Exception {
        int count = QuicLimits.DEFAULT.unidirectionalStreams() * 8;
        client.runOnLoop(() -> {
            for (int i = 0; i < count; i++) {
                RecordingStream stream = new RecordingStream(null);
                stream.stream = dialled.connection.openUnidirectional(stream);
                stream.stream().write(text("message " + i));
                stream.stream().finish();
            }
        });
        List<String> received = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            received.add(accepted.nextStream().text());
        }
        assertThat(received).hasSize(count).contains("message 0", "message " + (count - 1));
    }

    @Test
    void aThousandStreamsAreOpenAtOnce() throws Exception {
        List<RecordingStream> opened = new ArrayList<>();
        client.runOnLoop(() -> {
            for (int i = 0; i < 1000; i++) {
                RecordingStream stream = new RecordingStream(null);
                stream.stream = dialled.connection.openBidirectional(stream);
                stream.stream().write(text("ping " + i));
                opened.add(stream);
            }
        });
        List<RecordingStream> answering = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            answering.add(accepted.nextStream());
        }
        for (RecordingStream stream : answering) {
            send(server, stream, "pong");
        }
        for (RecordingStream stream : opened) {
            assertThat(stream.text()).isEqualTo("pong");
        }
    }

    @Test
    void aReaderThatStopsStopsTheSender() throws Exception {
        CompletableFuture<RecordingStream> reader = new CompletableFuture<>();
        server.onStream(stream -> {
            stream.setReading(false);
            RecordingStream recording = new RecordingStream(stream);
            reader.complete(recording);
            return recording;
        });
        int total = 12_000_000;
        RecordingStream out = dialled.openBidirectional();
        client.runOnLoop(() -> {
            ByteBuf chunk = Unpooled.directBuffer(1_000_000).writeZero(1_000_000);
            for (int i = 0; i < total / 1_000_000; i++) {
                out.stream().write(chunk.retainedDuplicate());
            }
            chunk.release();
            out.stream().finish();
        });
        RecordingStream paused = reader.get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        // A full round trip on another stream of the connection: what the window allows has been sent by then.
        long before = -1;
        long pending = total;
        while (pending != before) {
            before = pending;
            roundTrip();
            pending = client.onLoop(() -> out.stream().pendingBytes());
        }
        assertThat(paused.receivedBytes()).isZero();
        assertThat(pending).isGreaterThan(total - 2 * QuicLimits.DEFAULT.streamWindow());

        server.runOnLoop(() -> paused.stream().setReading(true));
        assertThat(paused.bytes()).hasSize(total);
        assertThat(client.onLoop(() -> out.stream().pendingBytes())).isZero();
    }

    @Test
    void aReaderThatPausesInTheMiddleHearsNothingUntilItGoesOn() throws Exception {
        CompletableFuture<RecordingStream> reader = new CompletableFuture<>();
        server.onStream(stream -> {
            RecordingStream recording = new RecordingStream(stream);
            reader.complete(recording);
            return new StreamListener() {
                @Override
                public void onData(ByteBuf data) {
                    stream.setReading(false);
                    recording.onData(data);
                }

                @Override
                public void onFinished() {
                    recording.onFinished();
                }
            };
        });
        RecordingStream out = dialled.openUnidirectional();
        client.runOnLoop(() -> {
            out.stream().write(Unpooled.directBuffer(1_000_000).writeZero(1_000_000));
            out.stream().finish();
        });
        RecordingStream paused = reader.get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
        int seen = 0;
        while (!paused.isFinished()) {
            paused.awaitBytes(Math.min(seen + 1, 1_000_000));
            int now = paused.receivedBytes();
            server.runOnLoop(() -> {});
            assertThat(paused.receivedBytes()).isEqualTo(now);
            seen = now;
            server.runOnLoop(() -> paused.stream().setReading(true));
            server.runOnLoop(() -> {});
        }
        assertThat(paused.bytes()).hasSize(1_000_000);
    }

    @Test
    void theWriterHearsThatItsBytesWentOut() throws Exception {
        RecordingStream out = dialled.openBidirectional();
        client.runOnLoop(() -> {
            out.stream().write(Unpooled.directBuffer(10_000_000).writeZero(10_000_000));
            assertThat(out.stream().pendingBytes()).isEqualTo(10_000_000);
        });
        out.awaitDrained();
        accepted.nextStream().awaitBytes(10_000_000);
    }

    @Test
    void aResetArrivesWithItsCodeAndEndsBothDirections() throws Exception {
        RecordingStream out = dialled.openBidirectional();
        client.runOnLoop(() -> out.stream().write(text("begun")));
        RecordingStream in = accepted.nextStream();
        in.awaitBytes(5);
        client.runOnLoop(() -> out.stream().reset(77));
        assertThat(in.resetCode()).isEqualTo(77);
        assertThat(in.isFinished()).isFalse();

        // The connection goes on.
        roundTrip();
        assertThat(out.isReset()).isFalse();
    }

    @Test
    void aReceiverThatGivesUpAUnidirectionalStreamStopsItsSender() throws Exception {
        // Or all may have come before, and the library says nothing of a stop on an idle stream.
        server.onStream(stream -> {
            stream.setReading(false);
            return new RecordingStream(stream);
        });
        RecordingStream out = dialled.openUnidirectional();
        client.runOnLoop(
                () -> out.stream().write(Unpooled.directBuffer(10_000_000).writeZero(10_000_000)));
        RecordingStream in = accepted.nextStream();
        server.runOnLoop(() -> in.stream().reset(5));
        out.resetCode();
        assertThat(client.onLoop(() -> out.stream().pendingBytes())).isZero();
        roundTrip();
    }

    @Test
    void theLastMessageBeforeACloseIsDelivered() throws Exception {
        RecordingStream out = dialled.openUnidirectional();
        client.runOnLoop(() -> {
            out.stream().write(text("farewell"));
            out.stream().finish();
            dialled.connection.close(5139, "done");
        });
        assertThat(accepted.nextStream().text()).isEqualTo("farewell");
        assertThat(accepted.closeReason().errorCode()).isEqualTo(5139);
    }

    @Test
    void openStreamsHearOfTheEndOfTheConnectionBeforeItsListener() throws Exception {
        RecordingStream out = dialled.openBidirectional();
        client.runOnLoop(() -> out.stream().write(text("begun")));
        RecordingStream in = accepted.nextStream();
        dialled.close(1, "");
        assertThat(accepted.closeReason().kind()).isEqualTo(ConnectionCloseReason.Kind.PEER);
        assertThat(in.isReset()).isTrue();
        assertThat(dialled.closeReason().kind()).isEqualTo(ConnectionCloseReason.Kind.LOCAL);
        assertThat(out.isReset()).isTrue();
    }

    @Test
    void closingFromWithinACallbackIsSafe() throws Exception {
        for (int i = 0; i < 20; i++) {
            TestConnection dialledAgain = client.dial(server);
            TestConnection acceptedAgain = server.accept();
            server.onStream(stream -> new StreamListener() {
                @Override
                public void onData(ByteBuf data) {
                    data.release();
                    acceptedAgain.connection.close(9, "from a callback");
                }
            });
            client.runOnLoop(() -> {
                for (int stream = 0; stream < 50; stream++) {
                    var recording = new RecordingStream(null);
                    recording.stream = dialledAgain.connection.openBidirectional(recording);
                    recording.stream()
                            .write(UnpooledByteBufAllocator.DEFAULT
                                    .directBuffer(20_000)
                                    .writeZero(20_000));
                }
            });
            assertThat(dialledAgain.closeReason().errorCode()).isEqualTo(9);
        }
    }

    @Test
    void useFromAnotherThreadIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> dialled.connection.close(0, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("loop");
    }

    /** A message there and one back, on streams of their own. */
    private void roundTrip() throws Exception {
        RecordingStream there = dialled.openUnidirectional();
        CompletableFuture<RecordingStream> came = new CompletableFuture<>();
        server.onStream(stream -> {
            RecordingStream recording = new RecordingStream(stream);
            came.complete(recording);
            return recording;
        });
        send(client, there, "there");
        assertThat(came.get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS).text()).isEqualTo("there");
        accepted.streamListeners.clear();
        RecordingStream back = accepted.openUnidirectional();
        send(server, back, "back");
        assertThat(dialled.nextStream().text()).isEqualTo("back");
    }

    private static void send(TestPeer from, RecordingStream to, String message) throws Exception {
        from.runOnLoop(() -> {
            to.stream().write(text(message));
            to.stream().finish();
        });
    }

    private static ByteBuf text(String message) {
        return Unpooled.copiedBuffer(message, StandardCharsets.UTF_8);
    }
}
