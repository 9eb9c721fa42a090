package dev.lp2p.benchmarks;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.MessageData;
import dev.lp2p.drop.DropOffer;
import dev.lp2p.drop.DropReceiver;
import dev.lp2p.drop.DropReceiverListener;
import dev.lp2p.drop.DropResult;
import dev.lp2p.drop.DropSender;
import dev.lp2p.drop.DropSenderListener;
import dev.lp2p.osp.quic.QuicSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What the layers cost: a raw QUIC stream, a data channel and the drop of one file between the same two devices of this
 * process on loopback, in turns; and the round trip of a small message. See docs/benchmarks.md.
 *
 * <p>Arguments, all optional: MB a run, bytes a message, rounds.
 */
public final class DataChannelThroughput {

    /** As the drop keeps it. */
    private static final int WINDOW_BYTES = 4 << 20;

    private static final int IP_AND_UDP_HEADER_BYTES = 48;
    private static final int ROUND_TRIP_BYTES = 64;
    private static final int ROUND_TRIPS = 5000;

    private final long total;
    private final int messageBytes;
    private final RawConnection raw;
    private final TwoDevices devices;
    private final Path file;
    private final Path inbox;

    private DataChannelThroughput(long total, int messageBytes, RawConnection raw, TwoDevices devices, Path folder)
            throws IOException {
        this.total = total;
        this.messageBytes = messageBytes;
        this.raw = raw;
        this.devices = devices;
        this.file = folder.resolve("file");
        this.inbox = Files.createDirectory(folder.resolve("inbox"));
        writeRandom(file, total);
    }

    public static void main(String[] arguments) throws Exception {
        long total = argument(arguments, 0, 256) * 1_000_000L;
        int messageBytes = (int) argument(arguments, 1, 64 << 10);
        int rounds = (int) argument(arguments, 2, 5);
        Path folder = Files.createTempDirectory("lp2p-benchmark");
        QuicSettings settings = QuicSettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InetAddress::isLoopbackAddress)
                .withMaxUdpPayload(udpPayload());
        try (RawConnection raw = new RawConnection(settings);
                TwoDevices devices = new TwoDevices(folder)) {
            System.out.printf(
                    "%d MB, messages of %d, UDP payload %d, %d rounds after one that does not count%n",
                    total / 1_000_000, messageBytes, udpPayload(), rounds);
            new DataChannelThroughput(total, messageBytes, raw, devices, folder).run(rounds);
        } finally {
            deleteTree(folder);
        }
        System.exit(0);
    }

    private interface Transfer {
        Duration run() throws Exception;
    }

    private record Rate(double megabytesPerSecond, double cpuSecondsPerGigabyte) {}

    private static final class Rates {
        final List<Rate> raw = new ArrayList<>();
        final List<Rate> channel = new ArrayList<>();
        final List<Rate> drop = new ArrayList<>();
    }

    private void run(int rounds) throws Exception {
        Rates rates = new Rates();
        measureInTurns(new Rates());
        for (int round = 0; round < rounds; round++) {
            measureInTurns(rates);
        }
        print("raw stream", rates.raw, rates.raw);
        print("channel", rates.channel, rates.raw);
        print("drop", rates.drop, rates.raw);
        double[] micros = roundTrips();
        System.out.printf(
                "round trip of %d bytes: median %.0f us, 90 %% within %.0f us%n",
                ROUND_TRIP_BYTES, micros[micros.length / 2], micros[micros.length * 9 / 10]);
    }

    private void measureInTurns(Rates rates) throws Exception {
        rates.raw.add(measure(() -> raw.send(total, messageBytes)));
        rates.channel.add(measure(this::channel));
        rates.drop.add(measure(this::drop));
    }

    private Rate measure(Transfer transfer) throws Exception {
        Duration before = RawQuicThroughput.cpuTime();
        Duration time = transfer.run();
        Duration cpu = RawQuicThroughput.cpuTime().minus(before);
        return new Rate(total * 1e3 / time.toNanos(), cpu.toNanos() / (double) total);
    }

    private Duration channel() throws Exception {
        CompletableFuture<Instant> arrived = new CompletableFuture<>();
        AtomicLong left = new AtomicLong(total);
        LP2PDataChannel channel = devices.openChannel(far -> far.onMessage(message -> {
            if (left.addAndGet(-bytesOf(message)) == 0) {
                arrived.complete(Instant.now());
            }
        }));
        Semaphore low = new Semaphore(0);
        channel.setBufferedAmountLowThreshold(WINDOW_BYTES / 2);
        channel.onBufferedAmountLow(low::release);
        Instant begun = Instant.now();
        ByteBuffer message = ByteBuffer.allocate(messageBytes);
        for (long unsent = total; unsent > 0; unsent -= message.remaining()) {
            message.limit((int) Math.min(messageBytes, unsent));
            low.drainPermits();
            while (channel.bufferedAmount() >= WINDOW_BYTES) {
                low.acquire();
            }
            channel.send(message);
        }
        Duration time = Duration.between(begun, arrived.get());
        channel.close();
        return time;
    }

    private Duration drop() throws Exception {
        CompletableFuture<DropResult> received = new CompletableFuture<>();
        new DropReceiver(inbox, new Taker(received)).attach(devices.receiver());
        Instant begun = Instant.now();
        DropResult sent = DropSender.send(devices.sender(), List.of(file), new DropSenderListener() {})
                .result()
                .get();
        Duration time = Duration.between(begun, Instant.now());
        if (sent.outcome() != DropResult.Outcome.COMPLETE) {
            throw new IllegalStateException("The drop ended so: " + sent);
        }
        received.get();
        Files.delete(inbox.resolve(file.getFileName()));
        return time;
    }

    private double[] roundTrips() throws Exception {
        LP2PDataChannel channel =
                devices.openChannel(far -> far.onMessage(message -> far.send(((MessageData.Binary) message).value())));
        Semaphore answered = new Semaphore(0);
        channel.onMessage(answer -> answered.release());
        double[] micros = new double[ROUND_TRIPS];
        for (int i = 0; i < ROUND_TRIPS; i++) {
            long begun = System.nanoTime();
            channel.send(ByteBuffer.allocate(ROUND_TRIP_BYTES));
            answered.acquire();
            micros[i] = (System.nanoTime() - begun) / 1e3;
        }
        channel.close();
        Arrays.sort(micros);
        return micros;
    }

    private static void print(String name, List<Rate> rates, List<Rate> raw) {
        double rate = median(rates, Rate::megabytesPerSecond);
        double cpu = median(rates, Rate::cpuSecondsPerGigabyte);
        System.out.printf(
                "%-10s  %4.0f MB/s (%.2f of raw)  %5.2f CPU s/GB (%.2f of raw), both ends%n",
                name,
                rate,
                rate / median(raw, Rate::megabytesPerSecond),
                cpu,
                cpu / median(raw, Rate::cpuSecondsPerGigabyte));
    }

    private static double median(List<Rate> rates, ToDoubleFunction<Rate> value) {
        double[] sorted = rates.stream().mapToDouble(value).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** What the two devices choose for the loopback interface. */
    private static int udpPayload() throws IOException {
        int mtu = NetworkInterface.getByName(TwoDevices.INTERFACE).getMTU();
        return Math.min(mtu - IP_AND_UDP_HEADER_BYTES, QuicSettings.MAX_UDP_PAYLOAD);
    }

    private static int bytesOf(MessageData message) {
        return ((MessageData.Binary) message).value().remaining();
    }

    private static void writeRandom(Path file, long bytes) throws IOException {
        byte[] block = new byte[1 << 20];
        new Random(1).nextBytes(block);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(block.length, left));
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path path : found.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(path);
            }
        }
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
    }

    /** Somebody who takes everything. */
    private record Taker(CompletableFuture<DropResult> received) implements DropReceiverListener {
        @Override
        public CompletionStage<Decision> onOffer(DropOffer offer) {
            return CompletableFuture.completedStage(Decision.ACCEPT);
        }

        @Override
        public void onFinished(DropResult result) {
            received.complete(result);
        }
    }
}
