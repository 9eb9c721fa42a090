package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Transports between two managers with real agents, on the loopback interface only. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TwoDevicesTransportTest {

    @TempDir
    Path folder;

    private DevicePair devices;

    @BeforeEach
    void start() {
        devices = new DevicePair(folder);
    }

    @AfterEach
    void stop() {
        devices.close();
    }

    @Test
    void theDraftsExampleOfARequestAndAListenerMeets() throws Exception {
        LP2PQuicTransportListener listener = new LP2PQuicTransportListener(new LP2PReceiver(devices.television));
        listener.ready().get();

        LP2PQuicTransport transport = new LP2PQuicTransport(new LP2PRequest(devices.phone));
        transport.ready().get();

        LP2PQuicTransport taken = listener.incomingTransports().iterator().next();
        taken.ready().get();
        write(transport.createUnidirectionalStream().get(), "hello");
        assertThat(text(taken.incomingUnidirectionalStreams().read().get().orElseThrow()))
                .isEqualTo("hello");
    }

    @Test
    void theDraftsExampleOfTwoConstructorsMeets() throws Exception {
        CompletableFuture<LP2PQuicTransport> accepted = new CompletableFuture<>();
        try (LP2PReceiver receiver = new LP2PReceiver(devices.television)) {
            receiver.onConnection(event -> accepted.complete(new LP2PQuicTransport(event.connection())));
            receiver.start().get();
            LP2PQuicTransport transport =
                    new LP2PQuicTransport(new LP2PRequest(devices.phone).start().get());
            transport.ready().get();
            accepted.get().ready().get();
        }
    }

    @Test
    void aTransportOfARequestThatWasStartedIsOnTheConnectionThatCame() throws Exception {
        try (LP2PReceiver receiver = new LP2PReceiver(devices.television)) {
            CompletableFuture<LP2PConnection> incoming = new CompletableFuture<>();
            receiver.onConnection(event -> incoming.complete(event.connection()));
            receiver.start().get();
            LP2PRequest request = new LP2PRequest(devices.phone, new LP2PRequestOptions("pad"));
            request.start().get();

            new LP2PQuicTransport(request).ready().get();

            accept(incoming.get()).ready().get();
            assertThat(incoming.get().nickname()).isEqualTo("pad");
        }
    }

    @Test
    void aTransportThatNobodyWaitedForIsAnEventAndWaitsForOne() throws Exception {
        LP2PConnection[] ends = devices.connect();
        LP2PQuicTransport transport = new LP2PQuicTransport(ends[0]);
        transport.ready().get();
        LP2PQuicTransport taken = accept(ends[1]);
        assertThat(taken.ready()).succeedsWithin(java.time.Duration.ofSeconds(30));
    }

    @Test
    void tenTransportsAtOnceCarryStreamsBothWays() throws Exception {
        LP2PConnection[] ends = devices.connect();
        List<LP2PQuicTransport> here = new ArrayList<>();
        List<LP2PQuicTransport> there = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            there.add(new LP2PQuicTransport(ends[1]));
            here.add(new LP2PQuicTransport(ends[0]));
        }
        for (LP2PQuicTransport transport : there) {
            transport.ready().get();
        }
        for (int i = 0; i < 10; i++) {
            WebTransportBidirectionalStream stream =
                    here.get(i).createBidirectionalStream().get();
            write(stream.writable(), "question " + i);
            here.get(i).datagrams().writable().write(bytes("datagram"));
        }
        for (LP2PQuicTransport transport : there) {
            WebTransportBidirectionalStream stream =
                    transport.incomingBidirectionalStreams().iterator().next();
            assertThat(text(stream.readable())).startsWith("question");
            write(stream.writable(), "answer");
            WebTransportSendStream own = transport.createUnidirectionalStream().get();
            write(own, "from the acceptor");
        }
        for (LP2PQuicTransport transport : here) {
            assertThat(text(transport.incomingUnidirectionalStreams().iterator().next()))
                    .isEqualTo("from the acceptor");
        }
    }

    @Test
    void manyMegabytesCrossForCodeThatWaits() throws Exception {
        LP2PQuicTransport[] pair = pair();
        byte[] sent = new byte[8_000_000];
        new Random(1).nextBytes(sent);
        WebTransportSendStream out = pair[0].createUnidirectionalStream().get();
        CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> {
            try (InputStream in =
                    pair[1].incomingUnidirectionalStreams().iterator().next().inputStream()) {
                return in.readAllBytes();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try (OutputStream stream = out.outputStream()) {
            stream.write(sent);
        }
        assertThat(received.get()).isEqualTo(sent);
        assertThat(out.getStats().get()).isEqualTo(new WebTransportSendStreamStats(sent.length, sent.length));
        assertThat(pair[0].getStats().get().bytesSent()).isGreaterThan(sent.length);
    }

    @Test
    void datagramsCrossEitherWay() throws Exception {
        LP2PQuicTransport[] pair = pair();
        assertThat(pair[0].datagrams().maxDatagramSize()).isGreaterThanOrEqualTo(1100);
        pair[0].datagrams().writable().write(bytes("there")).get();
        assertThat(string(pair[1].datagrams().readable().read().get().orElseThrow()))
                .isEqualTo("there");
        pair[1].datagrams().writable().write(bytes("back")).get();
        assertThat(string(pair[0].datagrams().readable().read().get().orElseThrow()))
                .isEqualTo("back");
    }

    @Test
    void aStreamThatIsGivenUpHasItsCodeAtThePeer() throws Exception {
        LP2PQuicTransport[] pair = pair();
        WebTransportBidirectionalStream here =
                pair[0].createBidirectionalStream().get();
        here.writable().write(bytes("begun")).get();
        WebTransportBidirectionalStream there =
                pair[1].incomingBidirectionalStreams().iterator().next();
        assertThat(string(there.readable().read().get().orElseThrow())).isEqualTo("begun");
        here.writable().abort(77);
        assertThatThrownBy(() -> there.readable().read().get())
                .cause()
                .isInstanceOfSatisfying(LP2PException.class, e -> {
                    assertThat(e.name()).isEqualTo(LP2PException.Name.WEB_TRANSPORT_ERROR);
                    assertThat(e.streamErrorCode()).hasValue(77);
                });
        // The other direction goes on.
        write(there.writable(), "still here");
        assertThat(text(here.readable())).isEqualTo("still here");
    }

    @Test
    void aReaderThatGivesUpStopsTheWriter() throws Exception {
        LP2PQuicTransport[] pair = pair();
        WebTransportSendStream out = pair[0].createUnidirectionalStream().get();
        out.write(ByteBuffer.allocate(1000)).get();
        WebTransportReceiveStream in =
                pair[1].incomingUnidirectionalStreams().iterator().next();
        in.cancel(5);
        assertThatThrownBy(() -> {
                    while (true) {
                        out.write(ByteBuffer.allocate(100_000)).get();
                    }
                })
                .cause()
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.WEB_TRANSPORT_ERROR));
    }

    @Test
    void closingTellsThePeerWhy() throws Exception {
        LP2PQuicTransport[] pair = pair();
        CompletableFuture<?> reading = pair[1].incomingBidirectionalStreams().read();
        pair[0].close(new WebTransportCloseInfo(4242, "enough " + "x".repeat(900)));
        WebTransportCloseInfo expected = new WebTransportCloseInfo(4242, "enough " + "x".repeat(900));
        assertThat(pair[1].closed().get()).isEqualTo(expected);
        assertThat(pair[0].closed().get()).isEqualTo(expected);
        assertThat(pair[1].draining()).succeedsWithin(java.time.Duration.ofSeconds(30));
        assertThat(reading.get()).isEqualTo(java.util.Optional.empty());
        assertThatThrownBy(() -> pair[0].createBidirectionalStream().get())
                .cause()
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR));
    }

    @Test
    void aSlowReaderStopsTheWriterAndMemoryStaysInItsWindows() throws Exception {
        LP2PQuicTransport[] pair = pair();
        WebTransportSendStream out = pair[0].createUnidirectionalStream().get();
        ByteBuffer chunk = ByteBuffer.allocate(64 * 1024);
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        WebTransportReceiveStream in = null;
        long written = 0;
        while (true) {
            CompletableFuture<Void> write = out.write(chunk.duplicate());
            written += chunk.remaining();
            writes.add(write);
            if (in == null) {
                in = pair[1].incomingUnidirectionalStreams().iterator().next();
            }
            try {
                write.get(2, TimeUnit.SECONDS);
            } catch (java.util.concurrent.TimeoutException stopped) {
                break;
            }
        }
        // What the reader holds, QUIC's window as it has grown, and what waits here.
        assertThat(written).isLessThan(30_000_000);
        assertThat(in.getStats().get().bytesReceived()).isLessThan(2 * IncomingBytes.STREAM_BYTES);

        CompletableFuture<Void> closed = out.close();
        long read = 0;
        for (ByteBuffer data : in) {
            read += data.remaining();
        }
        assertThat(read).isEqualTo(written);
        closed.get();
        for (CompletableFuture<Void> write : writes) {
            assertThat(write).isCompleted();
        }
    }

    @Test
    void theEndOfTheConnectionIsTheEndOfItsTransports() throws Exception {
        LP2PConnection[] ends = devices.connect();
        LP2PQuicTransport here = new LP2PQuicTransport(ends[0]);
        LP2PQuicTransport there = accept(ends[1]);
        here.ready().get();
        ends[0].close();
        assertThat(here.closed().get()).isEqualTo(WebTransportCloseInfo.DEFAULT);
        assertThat(there.closed().get()).isEqualTo(WebTransportCloseInfo.DEFAULT);
        assertThatThrownBy(() -> new LP2PQuicTransport(ends[0]).ready().get())
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR));
    }

    @Test
    void forgettingTheDeviceEndsItsTransports() throws Exception {
        LP2PConnection[] ends = devices.connect();
        LP2PQuicTransport here = new LP2PQuicTransport(ends[0]);
        LP2PQuicTransport there = accept(ends[1]);
        here.ready().get();
        devices.phone.forget(devices.television.fingerprint());
        assertThatThrownBy(() -> here.closed().get()).isInstanceOf(ExecutionException.class);
        assertThat(there.closed().handle((info, failure) -> true).get()).isTrue();
    }

    /** The requester's, then the acceptor's. */
    private LP2PQuicTransport[] pair() throws Exception {
        LP2PConnection[] ends = devices.connect();
        LP2PQuicTransport there = new LP2PQuicTransport(ends[1]);
        LP2PQuicTransport here = new LP2PQuicTransport(ends[0]);
        here.ready().get();
        there.ready().get();
        return new LP2PQuicTransport[] {here, there};
    }

    private static LP2PQuicTransport accept(LP2PConnection connection) throws Exception {
        CompletableFuture<LP2PQuicTransport> taken = new CompletableFuture<>();
        connection.onTransport(event -> taken.complete(event.transport()));
        return taken.get();
    }

    private static void write(WebTransportSendStream stream, String message) throws Exception {
        stream.write(bytes(message)).get();
        stream.close().get();
    }

    private static String text(WebTransportReceiveStream stream) throws Exception {
        try (InputStream in = stream.inputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String string(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
