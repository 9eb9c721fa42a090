package dev.lp2p.benchmarks;

import dev.lp2p.LP2PQuicTransport;
import dev.lp2p.WebTransportReceiveStream;
import dev.lp2p.WebTransportSendStream;
import dev.lp2p.osp.quic.QuicSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What the API costs a transport: a raw QUIC stream and a stream of an {@code LP2PQuicTransport} between the same two
 * devices of this process on loopback, in turns. See docs/benchmarks.md.
 *
 * <p>Arguments, all optional: MB a run, bytes a write, rounds.
 */
public final class TransportThroughput {

    private static final int IP_AND_UDP_HEADER_BYTES = 48;

    private TransportThroughput() {}

    public static void main(String[] arguments) throws Exception {
        long total = argument(arguments, 0, 256) * 1_000_000L;
        int writeBytes = (int) argument(arguments, 1, 64 << 10);
        int rounds = (int) argument(arguments, 2, 5);
        int mtu = NetworkInterface.getByName(TwoDevices.INTERFACE).getMTU();
        int payload = Math.min(mtu - IP_AND_UDP_HEADER_BYTES, QuicSettings.MAX_UDP_PAYLOAD);
        QuicSettings settings = QuicSettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InetAddress::isLoopbackAddress)
                .withMaxUdpPayload(payload);
        Path folder = Files.createTempDirectory("lp2p-benchmark");
        try (RawConnection raw = new RawConnection(settings);
                TwoDevices devices = new TwoDevices(folder)) {
            LP2PQuicTransport there = new LP2PQuicTransport(devices.receiver());
            LP2PQuicTransport here = new LP2PQuicTransport(devices.sender());
            here.ready().get();
            there.ready().get();
            List<Double> rawRates = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                double rawRate = rate(total, raw.send(total, writeBytes));
                double rate = rate(total, send(here, there, total, writeBytes));
                if (round > 0) {
                    rawRates.add(rawRate);
                    rates.add(rate);
                }
            }
            double rawMedian = median(rawRates);
            double median = median(rates);
            System.out.printf(
                    "%d MB, writes of %d, UDP payload %d: raw stream %.0f MB/s, transport %.0f MB/s (%.2f of raw)%n",
                    total / 1_000_000, writeBytes, payload, rawMedian, median, median / rawMedian);
        }
        System.exit(0);
    }

    /** One stream, written as its futures allow and read as it comes. */
    private static Duration send(LP2PQuicTransport here, LP2PQuicTransport there, long total, int writeBytes)
            throws Exception {
        WebTransportSendStream out = here.createUnidirectionalStream().get();
        Instant begun = Instant.now();
        CompletableFuture<Instant> arrived = CompletableFuture.supplyAsync(() -> {
            WebTransportReceiveStream in =
                    there.incomingUnidirectionalStreams().iterator().next();
            long left = total;
            for (ByteBuffer data : in) {
                left -= data.remaining();
            }
            if (left != 0) {
                throw new IllegalStateException(left + " bytes are missing");
            }
            return Instant.now();
        });
        ByteBuffer chunk = ByteBuffer.allocateDirect(writeBytes);
        for (long left = total; left > 0; left -= writeBytes) {
            out.write(chunk.duplicate().limit((int) Math.min(writeBytes, left))).get();
        }
        out.close().get();
        return Duration.between(begun, arrived.get());
    }

    private static double rate(long bytes, Duration time) {
        return bytes * 1e3 / time.toNanos();
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().skip(rates.size() / 2).findFirst().orElseThrow();
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
    }
}
