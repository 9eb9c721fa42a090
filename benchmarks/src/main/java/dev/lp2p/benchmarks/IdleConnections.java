package dev.lp2p.benchmarks;

import dev.lp2p.LP2PConnection;
import dev.lp2p.osp.quic.QuicLimits;
import dev.lp2p.osp.quic.QuicSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What connections cost that are open and idle, both ends in this process: LP2P connections that share one session, then
 * QUIC connections, as many devices would have them. See docs/benchmarks.md.
 *
 * <p>Argument, optional: how many.
 */
public final class IdleConnections {

    private static final Duration LONG = Duration.ofMinutes(10);

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        Path folder = Files.createTempDirectory("lp2p-benchmark");
        try (TwoDevices devices = new TwoDevices(folder)) {
            shareASession(devices, count);
        } finally {
            for (Path file : List.of(folder.resolve("receiving"), folder.resolve("sending"), folder)) {
                Files.delete(file);
            }
        }
        haveQuicOfTheirOwn(count);
        System.exit(0);
    }

    private static void shareASession(TwoDevices devices, int count) throws Exception {
        devices.connectMore(1);
        Memory before = Memory.used();
        Instant begun = Instant.now();
        List<LP2PConnection> ends = devices.connectMore(count);
        Duration took = Duration.between(begun, Instant.now());
        Memory.used().print("LP2P connections of one session", count, took, before);
        if (ends.stream().anyMatch(end -> end.readyState() != LP2PConnection.ReadyState.OPEN)) {
            throw new IllegalStateException("Not all of them stayed open");
        }
    }

    private static void haveQuicOfTheirOwn(int count) throws Exception {
        QuicLimits usual = QuicLimits.DEFAULT;
        QuicLimits many = new QuicLimits(
                count + 2,
                usual.handshakes(),
                usual.handshakesBeforeRetry(),
                count + 2,
                usual.bidirectionalStreams(),
                usual.unidirectionalStreams(),
                usual.abandonedStreams(),
                usual.streamWindow(),
                usual.unreadBytes());
        QuicSettings settings = QuicSettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InetAddress::isLoopbackAddress)
                .withIdleTimeout(LONG)
                .withLimits(many);
        try (RawConnection raw = new RawConnection(settings)) {
            Memory before = Memory.used();
            Instant begun = Instant.now();
            for (int i = 0; i < count; i++) {
                raw.dial();
            }
            Duration took = Duration.between(begun, Instant.now());
            Memory.used().print("QUIC connections", count, took, before);
            if (raw.open() != count + 1) {
                throw new IllegalStateException("Only " + raw.open() + " stayed open");
            }
        }
    }

    /** Bytes that the process uses: Java objects, buffers, and everything that is in memory. */
    private record Memory(long heap, long buffers, long resident) {

        static Memory used() throws IOException {
            // Once is not always all.
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            long buffers = Stream.of(PooledByteBufAllocator.DEFAULT, ByteBufAllocator.DEFAULT)
                    .distinct()
                    .map(allocator -> ((ByteBufAllocatorMetricProvider) allocator).metric())
                    .mapToLong(metric -> metric.usedDirectMemory())
                    .sum();
            return new Memory(heap, buffers, residentBytes());
        }

        void print(String what, int count, Duration took, Memory before) {
            System.out.printf(
                    "%d %s, both ends here: heap %.1f, buffers %.1f, resident %.1f KiB each; resident %d MiB in all;"
                            + " %.1f ms each to make%n",
                    count,
                    what,
                    (heap - before.heap) / 1024.0 / count,
                    (buffers - before.buffers) / 1024.0 / count,
                    (resident - before.resident) / 1024.0 / count,
                    resident >> 20,
                    took.toNanos() / 1e6 / count);
        }

        /** Linux only; elsewhere 0. */
        private static long residentBytes() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (!Files.exists(status)) {
                return 0;
            }
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        }
    }
}
