package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.quic.TestPeer.TestConnection;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.ConnectionStats;
import dev.lp2p.osp.transport.HalvesListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a q2q connection needs beyond what sessions do. */
class QuicTransportTest {

    private final BlockingQueue<Halves> incoming = new LinkedBlockingQueue<>();
    private TestPeer server;
    private TestPeer client;
    private TestConnection dialled;
    private TestConnection accepted;

    @BeforeEach
    void connect() throws Exception {
        server = TestPeer.on("127.0.0.1");
        client = TestPeer.on("127.0.0.1");
        server.onStream(stream -> {
            Halves halves = new Halves();
            halves.stream = stream;
            incoming.add(halves);
            return halves;
        });
        dialled = client.dial(server, ApplicationProtocol.Q2Q);
        accepted = server.accept();
        server.runOnLoop(accepted.connection::vouch);
        client.runOnLoop(dialled.connection::vouch);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void onePortSpeaksBothProtocols() throws Exception {
        assertThat(dialled.connection.protocol()).isEqualTo(ApplicationProtocol.Q2Q);
        assertThat(accepted.connection.protocol()).isEqualTo(ApplicationProtocol.Q2Q);
        assertThat(client.dial(server).connection.protocol()).isEqualTo(ApplicationProtocol.OSP);
        assertThat(server.accept().connection.protocol()).isEqualTo(ApplicationProtocol.OSP);
    }

    @Test
    void datagramsCrossEitherWayUpToTheirLargestSize() throws Exception {
        int most = client.onLoop(() -> dialled.connection.maxDatagramBytes());
        assertThat(most).isBetween(1200, QuicSettings.DEFAULT_UDP_PAYLOAD);
        assertThat(server.onLoop(() -> accepted.connection.maxDatagramBytes())).isEqualTo(most);
        sendDatagram(client, dialled, "x".repeat(most + 1));
        sendDatagram(client, dialled, "y".repeat(most));
        assertThat(TestPeer.next(accepted.datagrams)).isEqualTo("y".repeat(most));
        sendDatagram(server, accepted, "back");
        assertThat(TestPeer.next(dialled.datagrams)).isEqualTo("back");
    }

    @Test
    void datagramsFasterThanTheNetworkAreDroppedAndTheConnectionGoesOn() throws Exception {
        client.runOnLoop(() -> {
            for (int i = 0; i < 100 * QuicCodecs.DATAGRAM_SEND_QUEUE; i++) {
                dialled.connection.sendDatagram(Unpooled.directBuffer(1000).writeZero(1000));
            }
        });
        Halves stream = open(false);
        send(stream, "after the flood");
        assertThat(next().text()).isEqualTo("after the flood");
    }

    @Test
    void ourDirectionIsResetWithItsCodeAndTheirsGoesOn() throws Exception {
        Halves here = open(true);
        client.runOnLoop(() -> here.stream().write(text("begun")));
        Halves there = next();
        there.await("begun");
        client.runOnLoop(() -> here.stream().resetSending(TransportStream.MAX_ERROR_CODE));
        assertThat(get(there.receivingReset)).isEqualTo(TransportStream.MAX_ERROR_CODE);

        send(server, there, "still here");
        assertThat(here.text()).isEqualTo("still here");
    }

    @Test
    void theirDirectionIsStoppedAndOursGoesOn() throws Exception {
        Halves here = open(true);
        client.runOnLoop(() -> here.stream().write(text("begun")));
        Halves there = next();
        there.await("begun");
        // The library says nothing of a stop on an idle stream: a reader that paused keeps bytes at the sender.
        client.runOnLoop(() -> here.stream().setReading(false));
        server.runOnLoop(
                () -> there.stream().write(Unpooled.directBuffer(20_000_000).writeZero(20_000_000)));
        client.runOnLoop(() -> here.stream().stopReceiving(7));
        get(there.sendingStopped);
        assertThat(server.onLoop(() -> there.stream().pendingBytes())).isZero();

        send(client, here, ", and done");
        assertThat(there.text()).isEqualTo("begun, and done");
        assertThat(here.reset).isNotDone();
    }

    @Test
    void aStopOnAnIdleStreamIsHeardAtTheNextWrite() throws Exception {
        Halves here = open(false);
        client.runOnLoop(() -> here.stream().write(text("begun")));
        Halves there = next();
        there.await("begun");
        server.runOnLoop(() -> there.stream().stopReceiving(7));
        while (!here.sendingStopped.isDone()) {
            client.runOnLoop(() -> here.stream().write(text("more")));
            Halves ping = open(false);
            send(ping, "ping");
            next().text();
        }
    }

    @Test
    void bothDirectionsGivenUpEndTheStream() throws Exception {
        for (int i = 0; i < 2 * QuicLimits.DEFAULT.bidirectionalStreams(); i++) {
            Halves here = open(true);
            client.runOnLoop(() -> here.stream().write(text("begun")));
            Halves there = next();
            there.await("begun");
            client.runOnLoop(() -> here.stream().resetSending(1));
            get(there.receivingReset);
            server.runOnLoop(() -> there.stream().resetSending(2));
            assertThat(get(here.receivingReset)).isEqualTo(2);
        }
    }

    @Test
    void aStreamFinishedOneWayAndResetTheOtherMakesRoomForAnother() throws Exception {
        for (int i = 0; i < 2 * QuicLimits.DEFAULT.bidirectionalStreams(); i++) {
            Halves here = open(true);
            send(client, here, "whole");
            Halves there = next();
            assertThat(there.text()).isEqualTo("whole");
            server.runOnLoop(() -> there.stream().resetSending(3));
            assertThat(get(here.receivingReset)).isEqualTo(3);
        }
    }

    @Test
    void aStreamHasItsQuicId() throws Exception {
        Halves first = open(false);
        Halves second = open(false);
        send(first, "first");
        // Not within the loop, which brings it.
        Halves there = next();
        assertThat(server.onLoop(() -> there.stream().id())).hasValue(2);
        send(second, "second");
        assertThat(client.onLoop(() -> second.stream().id())).hasValue(6);
    }

    @Test
    void theStatisticsGrow() throws Exception {
        Halves out = open(false);
        send(out, "x".repeat(100_000));
        next().text();
        ConnectionStats stats = get(client.onLoop(() -> dialled.connection.stats()));
        assertThat(stats.bytesSent()).isGreaterThan(100_000);
        assertThat(stats.packetsSent()).isGreaterThan(50);
        assertThat(stats.packetsReceived()).isPositive();
        assertThat(stats.smoothedRoundTrip()).isPositive();
    }

    @Test
    void aConnectionThatIsVouchedForTakesNoPlaceOfStrangers() throws Exception {
        int more = 2 * QuicLimits.DEFAULT.connectionsPerAddress();
        List<TestConnection> all = new ArrayList<>();
        for (int i = 0; i < more; i++) {
            all.add(client.dial(server, ApplicationProtocol.Q2Q));
            TestConnection there = server.accept();
            server.runOnLoop(there.connection::vouch);
        }
        assertThat(all).noneMatch(connection -> connection.connection.isClosed());
    }

    private Halves open(boolean bidirectional) throws Exception {
        Halves halves = new Halves();
        client.runOnLoop(() -> halves.stream = bidirectional
                ? dialled.connection.openBidirectional(halves)
                : dialled.connection.openUnidirectional(halves));
        return halves;
    }

    private Halves next() throws Exception {
        return TestPeer.next(incoming);
    }

    private void send(Halves stream, String message) throws Exception {
        send(client, stream, message);
    }

    private static void send(TestPeer from, Halves stream, String message) throws Exception {
        from.runOnLoop(() -> {
            stream.stream().write(text(message));
            stream.stream().finish();
        });
    }

    private static void sendDatagram(TestPeer from, TestConnection connection, String message) throws Exception {
        from.runOnLoop(() -> connection.connection.sendDatagram(text(message)));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(TestPeer.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static ByteBuf text(String message) {
        return Unpooled.copiedBuffer(message, StandardCharsets.UTF_8);
    }

    /** Keeps what a stream delivered, and how each direction ended. */
    private static final class Halves implements HalvesListener {

        final CompletableFuture<Long> receivingReset = new CompletableFuture<>();
        final CompletableFuture<@Nullable Void> sendingStopped = new CompletableFuture<>();
        final CompletableFuture<Long> reset = new CompletableFuture<>();
        private final CompletableFuture<String> finished = new CompletableFuture<>();
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private @Nullable TransportStream stream;

        TransportStream stream() {
            return Objects.requireNonNull(stream);
        }

        String text() throws Exception {
            return get(finished);
        }

        synchronized void await(String beginning) throws Exception {
            while (!received.toString(StandardCharsets.UTF_8).startsWith(beginning)) {
                wait();
            }
        }

        @Override
        public synchronized void onData(ByteBuf data) {
            byte[] bytes = new byte[data.readableBytes()];
            data.readBytes(bytes);
            data.release();
            received.writeBytes(bytes);
            notifyAll();
        }

        @Override
        public synchronized void onFinished() {
            finished.complete(received.toString(StandardCharsets.UTF_8));
        }

        @Override
        public void onReceivingReset(long errorCode) {
            receivingReset.complete(errorCode);
        }

        @Override
        public void onSendingStopped() {
            sendingStopped.complete(null);
        }

        @Override
        public void onReset(long errorCode) {
            reset.complete(errorCode);
        }
    }
}
