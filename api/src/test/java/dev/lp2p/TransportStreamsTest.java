package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Streams and datagrams of a transport, on simulated threads. */
class TransportStreamsTest {

    private final SimulatedLoop loop = new SimulatedLoop();
    private final SimulatedLoop callbacks = new SimulatedLoop();
    private final ConnectionContext context = new ConnectionContext(
            loop,
            loop,
            ConnectionFixture.settings(callbacks, LP2PSettings.DEFAULT_RECEIVE_WINDOW),
            callbacks,
            callbacks);
    private final TransportTraffic traffic = new TransportTraffic();
    private CompletableFuture<?> reading = new CompletableFuture<>();

    @Test
    void readsAreAnsweredInTheOrderInWhichTheyWereAsked() {
        DuplexStream stream = incoming(new FakeTransportStream(false));
        CompletableFuture<Optional<ByteBuffer>> first = stream.readable().read();
        CompletableFuture<Optional<ByteBuffer>> second = stream.readable().read();
        stream.onData(text("one"));
        stream.onData(text("two"));
        assertThat(first).as("answered on the callback executor").isNotDone();
        settle();
        assertThat(string(first)).isEqualTo("one");
        assertThat(string(second)).isEqualTo("two");
    }

    @Test
    void whatIsThereIsReadAtOnce() {
        DuplexStream stream = incoming(new FakeTransportStream(false));
        stream.onData(text("there"));
        assertThat(string(stream.readable().read())).isEqualTo("there");
    }

    @Test
    void whatIsOnItsWayToACancelledReadIsReleasedIfTheStreamIsCancelledToo() {
        ByteBuf lost = text("lost");
        ReadQueue<ByteBuf, String> queue = new ReadQueue<>(callbacks) {
            @Override
            String give(ByteBuf item) {
                // As another thread may do meanwhile.
                reading.cancel(false);
                cancel();
                return "";
            }

            @Override
            void dropped(ByteBuf item) {
                item.release();
            }
        };
        reading = queue.read();
        queue.add(lost);
        settle();
        assertThat(lost.refCnt()).isZero();
    }

    @Test
    void aCancelledReadLosesNothing() {
        DuplexStream stream = incoming(new FakeTransportStream(false));
        CompletableFuture<Optional<ByteBuffer>> cancelled = stream.readable().read();
        stream.onData(text("one"));
        stream.onData(text("two"));
        cancelled.cancel(false);
        settle();
        assertThat(string(stream.readable().read())).isEqualTo("one");
        assertThat(string(stream.readable().read())).isEqualTo("two");
    }

    @Test
    void theEndComesAfterAllThatWasSent() {
        DuplexStream stream = incoming(new FakeTransportStream(false));
        stream.onData(text("last"));
        stream.onFinished();
        stream.onReset(0);
        assertThat(string(stream.readable().read())).isEqualTo("last");
        assertThat(stream.readable().read()).isCompletedWithValue(Optional.empty());
    }

    @Test
    void aResetDropsWhatWasNotReadAndSaysItsCode() {
        DuplexStream stream = incoming(new FakeTransportStream(true));
        ByteBuf lost = text("lost");
        stream.onData(lost);
        stream.onReceivingReset(9);
        assertThat(lost.refCnt()).isZero();
        LP2PException failure = assertFails(stream.readable().read(), LP2PException.Name.WEB_TRANSPORT_ERROR);
        assertThat(failure.streamErrorCode()).hasValue(9);
        assertThat(stream.writable().write(bytes("on"))).isCompleted();
        settle();
    }

    @Test
    void aStreamIsNotReadBeforeTheProgramHasItNorPastItsWindow() {
        FakeTransportStream wire = new FakeTransportStream(false);
        DuplexStream stream = DuplexStream.incoming(context, traffic, wire);
        assertThat(wire.reading).isFalse();
        stream.accept();
        settle();
        assertThat(wire.reading).isTrue();

        int chunk = (int) IncomingBytes.STREAM_BYTES / 2 - IncomingBytes.CHUNK_OVERHEAD;
        stream.onData(Unpooled.buffer().writeZero(chunk));
        stream.onData(Unpooled.buffer().writeZero(chunk));
        assertThat(wire.reading).isTrue();
        stream.onData(Unpooled.buffer().writeZero(chunk));
        assertThat(wire.reading).isFalse();
        stream.readable().read();
        settle();
        assertThat(wire.reading).as("more than half of the window is full").isFalse();
        stream.readable().read();
        settle();
        assertThat(wire.reading).isTrue();
    }

    @Test
    void bytesThatComeOneByOneKeepNoBuffersAndFillTheWindowToo() {
        FakeTransportStream wire = new FakeTransportStream(false);
        DuplexStream stream = incoming(wire);
        for (int i = 0; wire.reading && i < IncomingBytes.STREAM_BYTES; i++) {
            ByteBuf datum = Unpooled.directBuffer(16384).writeByte(i);
            stream.onData(datum);
            assertThat(datum.refCnt()).isZero();
        }

        assertThat(wire.reading).isFalse();
        assertThat(stream.readable().getStats().join().bytesReceived())
                .isLessThanOrEqualTo(IncomingBytes.STREAM_BYTES / IncomingBytes.CHUNK_OVERHEAD);
        assertThat(stream.readable().read().join().orElseThrow().remaining()).isEqualTo(1);
        assertThat(stream.readable().getStats().join().bytesRead()).isEqualTo(1);
    }

    @Test
    void pastTheTransportsWindowAStreamIsReadOnlyWhileAReadWaits() {
        DuplexStream idle = incoming(new FakeTransportStream(false));
        idle.onData(Unpooled.buffer().writeZero((int) TransportTraffic.TRANSPORT_BYTES + 1));
        FakeTransportStream wire = new FakeTransportStream(false);
        DuplexStream stream = incoming(wire);
        stream.onData(text("some"));
        assertThat(wire.reading).isFalse();
        stream.readable().read();
        settle();
        assertThat(wire.reading).isFalse();
        CompletableFuture<Optional<ByteBuffer>> waiting = stream.readable().read();
        settle();
        assertThat(wire.reading).isTrue();
        stream.onData(text("more"));
        settle();
        assertThat(string(waiting)).isEqualTo("more");
    }

    @Test
    void writesWaitWhileTheNetworkHasNotTakenAWindow() {
        FakeTransportStream wire = new FakeTransportStream(false);
        DuplexStream stream = outgoing(wire);
        assertThat(stream.writable().write(zeros(OutgoingBytes.STREAM_BYTES))).isCompleted();
        CompletableFuture<Void> next = stream.writable().write(bytes("more"));
        settle();
        assertThat(next).isNotDone();
        wire.take();
        stream.onDrained();
        assertThat(next).as("completes on the callback executor").isNotDone();
        settle();
        assertThat(next).isCompleted();
    }

    @Test
    void aProgramThatDoesNotWaitIsStoppedAtLast() {
        DuplexStream stream = outgoing(new FakeTransportStream(false));
        stream.writable().write(zeros(OutgoingBytes.MAX_BUFFERED_BYTES + 1));
        assertFails(stream.writable().write(bytes("more")), LP2PException.Name.OPERATION_ERROR);
        stream.onReset(0);
    }

    @Test
    void closingEndsTheStreamAfterWhatWasWritten() {
        FakeTransportStream wire = new FakeTransportStream(false);
        DuplexStream stream = outgoing(wire);
        stream.writable().write(bytes("all"));
        CompletableFuture<Void> closed = stream.writable().close();
        assertFails(stream.writable().write(bytes("late")), LP2PException.Name.INVALID_STATE_ERROR);
        settle();
        assertThat(wire.written).hasToString("all");
        assertThat(wire.finished).isTrue();
        assertThat(closed).isNotDone();
        wire.take();
        stream.onDrained();
        settle();
        assertThat(closed).isCompleted();
    }

    @Test
    void abortingAndCancellingCarryTheirCodes() {
        FakeTransportStream wire = new FakeTransportStream(true);
        DuplexStream stream = outgoing(wire);
        stream.writable().abort(3);
        stream.readable().cancel(4);
        settle();
        assertThat(wire.resetSending).isEqualTo(3);
        assertThat(wire.stopReceiving).isEqualTo(4);
        assertFails(stream.writable().write(bytes("late")), LP2PException.Name.INVALID_STATE_ERROR);
        assertThat(stream.readable().read()).isCompletedWithValue(Optional.empty());
        assertThatThrownBy(() -> stream.writable().abort(1L << 31))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.TYPE_ERROR));
    }

    @Test
    void datagramsThatNobodyReadsAreDroppedTheOldestFirst() {
        TransportDatagrams datagrams = new TransportDatagrams(context, traffic);
        datagrams.setIncomingHighWaterMark(2);
        List.of("one", "two", "three").forEach(each -> datagrams.onDatagram(text(each)));
        assertThat(string(datagrams.readable().read())).isEqualTo("two");
        assertThat(string(datagrams.readable().read())).isEqualTo("three");
        assertThat(datagrams.stats().droppedIncoming()).isOne();
    }

    @Test
    void datagramsOlderThanTheMaximumAgeAreDropped() {
        TransportDatagrams datagrams = new TransportDatagrams(context, traffic);
        datagrams.setIncomingMaxAge(Optional.of(Duration.ofSeconds(1)));
        datagrams.setOutgoingMaxAge(Optional.of(Duration.ofSeconds(1)));
        datagrams.onDatagram(text("old"));
        datagrams.writable().write(bytes("old"));
        loop.advance(Duration.ofSeconds(2));
        datagrams.onDatagram(text("new"));
        datagrams.writable().write(bytes("new"));
        FakeTransport transport = new FakeTransport();
        datagrams.attach(transport);
        assertThat(string(datagrams.readable().read())).isEqualTo("new");
        assertThat(transport.datagrams).containsExactly("new");
        assertThat(datagrams.stats()).isEqualTo(new WebTransportDatagramStats(0, 1, 1));
    }

    @Test
    void aMaximumAgeMayBeOfAnyLengthButNotNegative() {
        TransportDatagrams datagrams = new TransportDatagrams(context, traffic);
        datagrams.setIncomingMaxAge(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)));
        datagrams.onDatagram(text("here"));
        assertThat(string(datagrams.readable().read())).isEqualTo("here");
        assertThatThrownBy(() -> datagrams.setOutgoingMaxAge(Optional.of(Duration.ofSeconds(-1))))
                .isInstanceOf(LP2PException.class);
    }

    @Test
    void writersOfDatagramsWaitPastTheHighWaterMark() {
        TransportDatagrams datagrams = new TransportDatagrams(context, traffic);
        datagrams.setOutgoingHighWaterMark(1);
        assertThat(datagrams.writable().write(bytes("one"))).isCompleted();
        CompletableFuture<Void> second = datagrams.writable().write(bytes("two"));
        assertThat(second).isNotDone();
        datagrams.attach(new FakeTransport());
        settle();
        assertThat(second).isCompleted();
    }

    @Test
    void aTransportGoesToAConstructorThenToAListenerThenToTheEvent() throws Exception {
        ConnectionTransports transports = new ConnectionTransports(context, false, new ConnectionTraffic(() -> {}));
        TransportEngine first = transports.newEngine();
        TransportEngine second = transports.newEngine();
        IncomingTransports listener = new IncomingTransports(context);
        List<LP2PTransportEvent> events = new ArrayList<>();
        transports.listen(listener);
        transports.request(first);
        transports.request(second);
        transports.onTransport(events::add);
        settle();
        int more = IncomingTransports.MAX_WAITING + 3;
        for (int i = 0; i < more; i++) {
            transports.onTransport(new FakeTransport());
        }
        settle();
        assertThat(first.ready()).isCompleted();
        assertThat(second.ready()).isCompleted();
        assertThat(listener.size()).isEqualTo(IncomingTransports.MAX_WAITING);
        assertThat(events).hasSize(1);
    }

    @Test
    void transportsThatNobodyTakesWaitAndAreRefusedPastAFew() {
        ConnectionTransports transports = new ConnectionTransports(context, false, new ConnectionTraffic(() -> {}));
        List<FakeTransport> came = new ArrayList<>();
        for (int i = 0; i <= ConnectionTransports.MAX_UNCLAIMED; i++) {
            FakeTransport transport = new FakeTransport();
            came.add(transport);
            transports.onTransport(transport);
        }
        assertThat(came).filteredOn(transport -> transport.refused).containsExactly(came.get(came.size() - 1));
        transports.end(LP2PConnection.CloseReason.CLOSED_BY_PEER);
        assertThat(came).allMatch(transport -> transport.refused);
    }

    @Test
    void transportsThatEndedBeforeAnybodyTookThemHoldNoPlace() {
        ConnectionTransports transports = new ConnectionTransports(context, false, new ConnectionTraffic(() -> {}));
        transports.onTransport(new FakeTransport());
        for (int i = 1; i < ConnectionTransports.MAX_UNCLAIMED; i++) {
            FakeTransport transport = new FakeTransport();
            transports.onTransport(transport);
            transport.refuse();
        }
        FakeTransport last = new FakeTransport();
        transports.onTransport(last);
        assertThat(last.refused).isFalse();
    }

    @Test
    void aTransportThatIsClosedBeforeItIsReadyFailsAndTakesNone() {
        TransportEngine engine = new TransportEngine(context);
        CompletableFuture<?> stream = engine.createBidirectionalStream();
        engine.close(WebTransportCloseInfo.DEFAULT);
        settle();
        assertFails(engine.ready(), LP2PException.Name.WEB_TRANSPORT_ERROR);
        assertFails(engine.closed(), LP2PException.Name.WEB_TRANSPORT_ERROR);
        assertFails(stream, LP2PException.Name.WEB_TRANSPORT_ERROR);
        assertThat(engine.take(new FakeTransport())).isFalse();
    }

    private DuplexStream incoming(FakeTransportStream wire) {
        DuplexStream stream = DuplexStream.incoming(context, traffic, wire);
        stream.accept();
        settle();
        return stream;
    }

    private DuplexStream outgoing(FakeTransportStream wire) {
        DuplexStream stream = DuplexStream.outgoing(context, traffic, wire.isBidirectional());
        stream.attach(wire);
        return stream;
    }

    private void settle() {
        for (int round = 0; round < 5; round++) {
            loop.runReady();
            callbacks.runReady();
        }
    }

    private static LP2PException assertFails(CompletableFuture<?> future, LP2PException.Name name) {
        assertThat(future).isCompletedExceptionally();
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(future::get);
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        LP2PException failure = Failures.of(Objects.requireNonNull(thrown.getCause()));
        assertThat(failure.name()).isEqualTo(name);
        return failure;
    }

    private static ByteBuf text(String text) {
        return Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteBuffer zeros(long count) {
        return ByteBuffer.allocate((int) count);
    }

    private static String string(CompletableFuture<Optional<ByteBuffer>> read) {
        assertThat(read).isCompleted();
        return StandardCharsets.UTF_8.decode(read.join().orElseThrow()).toString();
    }
}
