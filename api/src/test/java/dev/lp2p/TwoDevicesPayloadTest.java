package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two managers with real agents: much payload, and programs that do not read it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TwoDevicesPayloadTest extends OnLoopback {

    private static final int MESSAGES = 500;
    private static final int LAST_MESSAGES = 20;
    private static final int MESSAGE_BYTES = 64 * 1024;
    private static final int SMALL_MESSAGE_BYTES = 8 * 1024;
    private static final int LARGE_MESSAGE_BYTES = 1024 * 1024;
    private static final long BLOB_BYTES = 256L * 1024 * 1024;

    /** What is read ahead of the transport, in flight, and received ahead of the program, with room for allocators. */
    private static final long MAX_HELD_OF_A_BLOB = 16L * 1024 * 1024;

    private static final int TICKS = 100;
    private static final int HEALTHY_MESSAGES = 200;

    @Test
    void whatIsOpenIsListedWithThePayloadThatWentOverIt() throws Exception {
        CompletableFuture<List<Integer>> received = new CompletableFuture<>();
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection().onDataChannel(made -> collect(made.channel(), received)));
            receiver.start().get();
            assertThat(laptop.openConnections()).isEmpty();
            LP2PConnection connection = new LP2PRequest(laptop).start().get();
            LP2PDataChannel channel = open(connection.createDataChannel("bulk"));
            for (int i = 0; i < MESSAGES; i++) {
                channel.send(ByteBuffer.allocate(MESSAGE_BYTES).putInt(0, i));
            }
            channel.close();
            received.get();

            long bytes = (long) MESSAGES * MESSAGE_BYTES;
            assertThat(television.openConnections()).singleElement().satisfies(open -> {
                assertThat(open.peer().fingerprint()).isEqualTo(laptop.fingerprint());
                assertThat(open.bytesReceived()).isEqualTo(bytes);
                assertThat(open.bytesSent()).isZero();
            });
            assertThat(laptop.openConnections()).singleElement().satisfies(open -> {
                assertThat(open.peer()).isEqualTo(connection.peer());
                assertThat(open.bytesSent()).isEqualTo(bytes);
            });
            CompletableFuture<LP2PConnection.CloseReason> closed = new CompletableFuture<>();
            connection.onClose(closed::complete);
            connection.close();
            closed.get();
            assertThat(laptop.openConnections()).isEmpty();
        }
    }

    @Test
    void manyLargeMessagesArriveInOrder() throws Exception {
        CompletableFuture<List<Integer>> received = new CompletableFuture<>();
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection().onDataChannel(made -> collect(made.channel(), received)));
            receiver.start().get();
            LP2PDataChannel channel = open(new LP2PRequest(laptop).start().get().createDataChannel("bulk"));

            for (int i = 0; i < MESSAGES; i++) {
                channel.send(ByteBuffer.allocate(MESSAGE_BYTES).putInt(0, i));
            }
            channel.close();

            assertThat(received.get())
                    .isEqualTo(IntStream.range(0, MESSAGES).boxed().toList());
        }
    }

    @Test
    void whatWasSentArrivesThoughTheManagerClosesAtOnce() throws Exception {
        CompletableFuture<List<Integer>> received = new CompletableFuture<>();
        try (LocalPeerToPeerManager television = start(televisionName);
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection().onDataChannel(made -> collect(made.channel(), received)));
            receiver.start().get();

            try (LocalPeerToPeerManager laptop = start("Laptop")) {
                LP2PDataChannel channel =
                        open(new LP2PRequest(laptop).start().get().createDataChannel("bulk"));
                for (int i = 0; i < LAST_MESSAGES; i++) {
                    channel.send(ByteBuffer.allocate(MESSAGE_BYTES).putInt(0, i));
                }
            }

            assertThat(received.get())
                    .isEqualTo(IntStream.range(0, LAST_MESSAGES).boxed().toList());
        }
    }

    @Test
    void aBlobLargerThanAnyWindowCrossesAndLittleOfItIsHeldAtATime() throws Exception {
        CompletableFuture<Long> received = new CompletableFuture<>();
        AtomicLong mostHeld = new AtomicLong();
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection().onDataChannel(made -> made.channel()
                    .onMessage(data -> received.complete(countCounted((MessageData.Blob) data, mostHeld)))));
            receiver.start().get();
            LP2PDataChannel channel = open(new LP2PRequest(laptop).start().get().createDataChannel("bulk"));
            long before = heldBytes();

            channel.send(LP2PBlob.of(BLOB_BYTES, CountingStream::new));

            assertThat(received.get()).isEqualTo(BLOB_BYTES);
            assertThat(mostHeld.get() - before).isLessThan(MAX_HELD_OF_A_BLOB);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2048, 4", "1000, 32, 160"})
    // One channel: its own window and that of its QUIC stream. Many: the window of all together, and of each the QUIC
    // stream's and what it may hold beyond.
    void listenersThatDoNotReturnStopTheSenderWithinTheWindowsAndNothingIsLost(
            int channels, int messages, int maxTakenMebibytes) throws Exception {
        BlockingQueue<LP2PDataChannel> blocked = new LinkedBlockingQueue<>();
        BlockingQueue<MessageData> ticks = new LinkedBlockingQueue<>();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(channels * messages);
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection()
                    .onDataChannel(made -> made.channel().onMessage(data -> {
                        blocked.add(made.channel());
                        await(release);
                        arrived.countDown();
                    })));
            receiver.start().get();
            LP2PConnection connection = new LP2PRequest(laptop).start().get();
            List<LP2PDataChannel> senders = new ArrayList<>();
            for (int i = 0; i < channels; i++) {
                senders.add(open(connection.createDataChannel("stuck")));
                senders.get(i).onMessage(ticks::add);
            }
            long before = heldBytes();

            for (LP2PDataChannel sender : senders) {
                for (int i = 0; i < messages; i++) {
                    sender.send(ByteBuffer.allocate(SMALL_MESSAGE_BYTES));
                }
            }
            LP2PDataChannel stuck = blocked.take();
            // Each crosses the network, and would let a sender that has not stopped go on.
            for (int i = 0; i < TICKS; i++) {
                stuck.send("tick");
                ticks.take();
            }
            long waiting = buffered(senders);
            long taken = (long) channels * messages * SMALL_MESSAGE_BYTES - waiting;
            assertThat(taken).isLessThan((long) maxTakenMebibytes << 20);
            assertThat(heldBytes() - before - waiting).isLessThan((2L * maxTakenMebibytes) << 20);

            release.countDown();
            arrived.await();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 512", "2, 512", "10, 256", "100, 64"})
    void listenersThatDoNotReturnHoldUpNoOtherChannel(int channels, int messages) throws Exception {
        BlockingQueue<MessageData> ticks = new LinkedBlockingQueue<>();
        CountDownLatch blocked = new CountDownLatch(channels);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(channels * messages);
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event -> event.connection().onDataChannel(made -> {
                LP2PDataChannel channel = made.channel();
                if (channel.label().equals("healthy")) {
                    channel.onMessage(data -> channel.send(((MessageData.Text) data).value()));
                } else {
                    channel.onMessage(data -> {
                        blocked.countDown();
                        await(release);
                        arrived.countDown();
                    });
                }
            }));
            receiver.start().get();
            LP2PConnection connection = new LP2PRequest(laptop).start().get();
            for (int i = 0; i < channels; i++) {
                LP2PDataChannel stuck = open(connection.createDataChannel("stuck"));
                for (int message = 0; message < messages; message++) {
                    stuck.send(ByteBuffer.allocate(SMALL_MESSAGE_BYTES));
                }
            }
            await(blocked);

            LP2PDataChannel healthy = open(connection.createDataChannel("healthy"));
            healthy.onMessage(ticks::add);
            for (int i = 0; i < HEALTHY_MESSAGES; i++) {
                healthy.send("tick");
                ticks.take();
            }
            // Nor the session's own messages, which ask for this.
            assertThat(new LP2PRequest(laptop).start().get().peer()).isEqualTo(connection.peer());

            release.countDown();
            arrived.await();
        }
    }

    @Test
    void aLargeMessageOnEachOfManyChannelsAtATimeArrives() throws Exception {
        int channels = 100;
        CountDownLatch arrived = new CountDownLatch(channels);
        try (LocalPeerToPeerManager television = start(televisionName);
                LocalPeerToPeerManager laptop = start("Laptop");
                LP2PReceiver receiver = new LP2PReceiver(television)) {
            receiver.onConnection(event ->
                    event.connection().onDataChannel(made -> made.channel().onMessage(data -> arrived.countDown())));
            receiver.start().get();
            LP2PConnection connection = new LP2PRequest(laptop).start().get();
            List<LP2PDataChannel> senders = new ArrayList<>();
            for (int i = 0; i < channels; i++) {
                senders.add(open(connection.createDataChannel("large")));
            }

            senders.forEach(sender -> sender.send(ByteBuffer.allocate(LARGE_MESSAGE_BYTES)));

            arrived.await();
        }
    }

    private static long buffered(List<LP2PDataChannel> channels) {
        return channels.stream().mapToLong(LP2PDataChannel::bufferedAmount).sum();
    }

    /** What the buffers of both devices take, with the room that their allocators keep. */
    private static long heldBytes() {
        return Stream.of(PooledByteBufAllocator.DEFAULT, ByteBufAllocator.DEFAULT)
                .map(allocator -> ((ByteBufAllocatorMetricProvider) allocator).metric())
                .mapToLong(metric -> metric.usedDirectMemory() + metric.usedHeapMemory())
                .sum();
    }

    private static long countCounted(MessageData.Blob blob, AtomicLong mostHeld) {
        try (InputStream in = blob.stream();
                InputStream expected = new CountingStream()) {
            byte[] buffer = new byte[MESSAGE_BYTES];
            long count = 0;
            for (int bytes = in.read(buffer); bytes > 0; bytes = in.read(buffer)) {
                mostHeld.accumulateAndGet(heldBytes(), Math::max);
                if (!Arrays.equals(buffer, 0, bytes, expected.readNBytes(bytes), 0, bytes)) {
                    return count;
                }
                count += bytes;
            }
            return count;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void collect(LP2PDataChannel channel, CompletableFuture<List<Integer>> received) {
        List<Integer> numbers = new ArrayList<>();
        channel.onMessage(
                data -> numbers.add(((MessageData.Binary) data).value().getInt(0)));
        channel.onClose(() -> received.complete(numbers));
    }

    /** As many bytes as the Blob has, each of which tells where it is. */
    private static final class CountingStream extends InputStream {
        private long position;

        @Override
        public int read() {
            return position < BLOB_BYTES ? byteAt(position++) : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int bytes = (int) Math.min(length, BLOB_BYTES - position);
            for (int i = 0; i < bytes; i++) {
                into[offset + i] = (byte) byteAt(position++);
            }
            return bytes == 0 && length > 0 ? -1 : bytes;
        }

        private static int byteAt(long position) {
            return (int) (position ^ position >>> 8 ^ position >>> 16 ^ position >>> 24) & 0xff;
        }
    }
}
