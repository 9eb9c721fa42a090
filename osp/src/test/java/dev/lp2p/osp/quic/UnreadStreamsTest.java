package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.quic.TestPeer.TestConnection;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer sends on streams that nobody reads, on loopback. */
class UnreadStreamsTest {

    private static final int MIB = 1 << 20;
    /** Large enough for the sender not to copy it. */
    private static final int PIECE = 128 << 10;

    private static final int MESSAGES = 200;

    /** The library takes long over each packet where there are a thousand streams. */
    private static final long PATIENCE_SECONDS = 120;

    private final List<StuckStream> stuck = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    // The more there are, the less each has to hold the others up, and the sum is what matters.
    @CsvSource({"1, 256", "2, 128", "10, 32", "100, 8", "1000, 1"})
    void streamsThatNobodyReadHoldUpNoOtherAndNothingIsLost(int streams, int piecesEach) throws Exception {
        try (TestPeer server = TestPeer.on("127.0.0.1");
                TestPeer client = TestPeer.on("127.0.0.1")) {
            TestConnection dialled = client.dial(server);
            TestConnection accepted = server.accept();
            server.runOnLoop(accepted.connection::vouch);
            CountDownLatch came = new CountDownLatch(streams);
            server.onStream(stream -> new StuckStream(stream, came));
            ByteBuf piece = Unpooled.directBuffer(PIECE).writeZero(PIECE);
            long before = heldBytes();
            List<RecordingStream> senders = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                senders.add(dialled.openBidirectional());
            }
            long total = (long) piecesEach * PIECE;
            client.runOnLoop(() -> senders.forEach(sender -> writeAndFinish(sender, piece, total)));
            await(came);

            server.onStream(EchoStream::new);
            AtomicInteger answers = new AtomicInteger();
            Semaphore answered = new Semaphore(0);
            client.runOnLoop(() -> new Asking(dialled, answers, answered));
            assertThat(answered.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%d answers beside streams that nobody reads", answers.get())
                    .isTrue();

            long heldHere = client.onLoop(() -> senders.stream()
                    .mapToLong(sender -> total - sender.stream().pendingBytes())
                    .sum());
            assertThat(heldHere).isLessThan(QuicLimits.DEFAULT.unreadBytes());
            // One piece is written again and again; what else is held are copies.
            assertThat(heldBytes() - before).isLessThan(64L * MIB);

            server.runOnLoop(() -> stuck.forEach(each -> each.stream.setReading(true)));
            for (StuckStream each : stuck) {
                await(each.finished);
            }
            assertThat(stuck).allMatch(each -> each.received.get() == total);
            assertThat(dialled.connection.isClosed()).isFalse();
            piece.release();
        }
    }

    @Test
    void beyondThePeersBudgetOfAllItsConnectionsUnreadStreamsAreResetAndTheOthersGoOn() throws Exception {
        QuicLimits few = new QuicLimits(4, 4, 4, 4, 2, 2, 100, MIB, 8L * MIB);
        try (TestPeer server = new TestPeer(
                        TestIdentity.p256(), TestPeer.loopback("127.0.0.1").withLimits(few));
                TestPeer client = TestPeer.on("127.0.0.1")) {
            List<TestConnection> accepted = new ArrayList<>();
            List<TestConnection> dialled = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                dialled.add(client.dial(server, i == 0 ? ApplicationProtocol.OSP : ApplicationProtocol.Q2Q));
                accepted.add(server.accept());
                server.runOnLoop(accepted.get(i).connection::vouch);
            }
            client.onStream(UnreadStreamsTest::flood);
            Semaphore resets = new Semaphore(0);
            server.runOnLoop(() -> {
                for (int i = 0; i < 20; i++) {
                    openStuck(accepted.get(i % 2), resets);
                }
            });

            // The peer may send 20 MiB, and 8 more on streams that it has not opened yet: so many end that 8 MiB is the
            // most.
            assertThat(resets.tryAcquire(16, PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .isTrue();

            server.onStream(EchoStream::new);
            for (TestConnection connection : dialled) {
                Semaphore answered = new Semaphore(0);
                client.runOnLoop(() -> new Asking(connection, new AtomicInteger(), answered));
                assertThat(answered.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    @Test
    void aStrangerThatSendsMoreThanIsReadIsClosed() throws Exception {
        QuicLimits wide = new QuicLimits(4, 4, 4, 4, 16, 16, 100, MIB, 256L * MIB);
        try (TestPeer server = new TestPeer(
                        TestIdentity.p256(), TestPeer.loopback("127.0.0.1").withLimits(wide));
                TestPeer client = TestPeer.on("127.0.0.1")) {
            TestConnection dialled = client.dial(server);
            TestConnection accepted = server.accept();
            CountDownLatch came = new CountDownLatch(8);
            server.onStream(stream -> new StuckStream(stream, came));
            ByteBuf piece = Unpooled.directBuffer(PIECE).writeZero(PIECE);
            for (int i = 0; i < 8; i++) {
                RecordingStream sender = dialled.openBidirectional();
                client.runOnLoop(() -> writeAndFinish(sender, piece, MIB));
            }
            assertThat(accepted.closeReason().reason()).contains("more than is read");
            dialled.closeReason();
            piece.release();
        }
    }

    private static void openStuck(TestConnection connection, Semaphore resets) {
        TransportStream stream = connection.connection.openBidirectional(new StreamListener() {
            @Override
            public void onReset(long errorCode) {
                resets.release();
            }
        });
        stream.setReading(false);
        stream.write(Unpooled.copiedBuffer(new byte[1]));
    }

    /** Answers with more than a window. */
    private static StreamListener flood(TransportStream stream) {
        for (int written = 0; written < 2 * MIB; written += PIECE) {
            stream.write(Unpooled.directBuffer(PIECE).writeZero(PIECE));
        }
        return new StreamListener() {};
    }

    private static void writeAndFinish(RecordingStream sender, ByteBuf piece, long total) {
        for (long left = total; left > 0; left -= PIECE) {
            sender.stream().write(piece.retainedDuplicate());
        }
        sender.stream().finish();
    }

    private static void await(CountDownLatch latch) throws Exception {
        assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    private static long heldBytes() {
        return Stream.of(PooledByteBufAllocator.DEFAULT, ByteBufAllocator.DEFAULT)
                .map(allocator -> ((ByteBufAllocatorMetricProvider) allocator).metric())
                .mapToLong(metric -> metric.usedDirectMemory() + metric.usedHeapMemory())
                .sum();
    }

    /** Answers what it gets, byte by byte. */
    private record EchoStream(TransportStream stream) implements StreamListener {
        @Override
        public void onData(ByteBuf data) {
            stream.write(data);
        }
    }

    /** Sends one message after another on a stream of its own, each once the one before was answered. */
    private static final class Asking implements StreamListener {
        private final AtomicInteger answers;
        private final Semaphore done;
        private final TransportStream stream;

        Asking(TestConnection connection, AtomicInteger answers, Semaphore done) {
            this.answers = answers;
            this.done = done;
            this.stream = connection.connection.openBidirectional(this);
            ask();
        }

        @Override
        public void onData(ByteBuf answer) {
            answer.release();
            if (answers.incrementAndGet() == MESSAGES) {
                done.release();
            } else {
                ask();
            }
        }

        private void ask() {
            stream.write(Unpooled.copiedBuffer(new byte[1]));
        }
    }

    /** Stops with its first byte. */
    private final class StuckStream implements StreamListener {
        private final TransportStream stream;
        private final CountDownLatch came;
        private final AtomicLong received = new AtomicLong();
        private final CountDownLatch finished = new CountDownLatch(1);

        StuckStream(TransportStream stream, CountDownLatch came) {
            this.stream = stream;
            this.came = came;
        }

        @Override
        public void onData(ByteBuf data) {
            if (received.getAndAdd(data.readableBytes()) == 0) {
                stream.setReading(false);
                stuck.add(this);
                came.countDown();
            }
            data.release();
        }

        @Override
        public void onFinished() {
            finished.countDown();
        }
    }
}
