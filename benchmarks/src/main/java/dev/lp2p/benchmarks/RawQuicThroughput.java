package dev.lp2p.benchmarks;

import dev.lp2p.osp.quic.QuicLimits;
import dev.lp2p.osp.quic.QuicSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * How many MB/s one stream carries between two endpoints of this process on loopback: what the protocol above can reach
 * at most.
 *
 * <p>Arguments, all optional: MB in all, bytes a write, bytes of UDP payload, stream window in KiB.
 */
public final class RawQuicThroughput {

    private static final int RUNS = 5;

    private RawQuicThroughput() {}

    public static void main(String[] arguments) throws Exception {
        long total = argument(arguments, 0, 512) * 1_000_000L;
        int writeBytes = (int) argument(arguments, 1, 64 << 10);
        int payload = (int) argument(arguments, 2, QuicSettings.DEFAULT_UDP_PAYLOAD);
        long window = argument(arguments, 3, QuicLimits.DEFAULT.streamWindow() >> 10) << 10;
        QuicLimits usual = QuicLimits.DEFAULT;
        QuicLimits limits = new QuicLimits(
                usual.connections(),
                usual.handshakes(),
                usual.handshakesBeforeRetry(),
                usual.connectionsPerAddress(),
                usual.bidirectionalStreams(),
                usual.unidirectionalStreams(),
                usual.abandonedStreams(),
                window,
                usual.unreadBytes());
        QuicSettings settings = QuicSettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InetAddress::isLoopbackAddress)
                .withMaxUdpPayload(payload)
                .withLimits(limits);
        System.out.printf(
                "%d MB, writes of %d, UDP payload %d, stream window %d KiB%n",
                total / 1_000_000, writeBytes, payload, window >> 10);
        for (int run = 0; run < RUNS; run++) {
            try (RawConnection connection = new RawConnection(settings)) {
                Duration cpuBefore = cpuTime();
                Duration time = connection.send(total, writeBytes);
                Duration cpu = cpuTime().minus(cpuBefore);
                System.out.printf(
                        "%.0f MB/s, %.1f CPU s/GB, both ends%n",
                        total / 1e6 / (time.toNanos() / 1e9), cpu.toNanos() / (double) total);
            }
        }
        System.exit(0);
    }

    static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
    }
}
