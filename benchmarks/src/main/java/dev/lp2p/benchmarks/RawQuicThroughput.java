package dev.lp2p.benchmarks;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.quic.QuicEndpoint;
import dev.lp2p.osp.quic.QuicLimits;
import dev.lp2p.osp.quic.QuicSettings;
import dev.lp2p.osp.quic.UdpSockets;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * How many MB/s one stream carries between two endpoints of this process on loopback: what the protocol above can reach
 * at most.
 *
 * <p>Arguments, all optional: MB in all, bytes a write, bytes of UDP payload, stream window in KiB.
 */
public final class RawQuicThroughput {

    /** As an application that fills its stream from a file keeps it. */
    private static final long MAX_PENDING_BYTES = 1 << 20;

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
                window * 2);
        QuicSettings settings = QuicSettings.of(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InetAddress::isLoopbackAddress)
                .withMaxUdpPayload(payload)
                .withLimits(limits);
        System.out.printf(
                "%d MB, writes of %d, UDP payload %d, stream window %d KiB%n",
                total / 1_000_000, writeBytes, payload, window >> 10);
        for (int run = 0; run < RUNS; run++) {
            Duration cpuBefore = cpuTime();
            Duration time = run(settings, total, writeBytes);
            Duration cpu = cpuTime().minus(cpuBefore);
            System.out.printf(
                    "%.0f MB/s, %.1f CPU s/GB, both ends%n",
                    total / 1e6 / (time.toNanos() / 1e9), cpu.toNanos() / (double) total);
        }
        System.exit(0);
    }

    private static Duration cpuTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long argument(String[] arguments, int index, long otherwise) {
        return arguments.length > index ? Long.parseLong(arguments[index]) : otherwise;
    }

    private static Duration run(QuicSettings settings, long total, int writeBytes) throws Exception {
        var serverGroup = UdpSockets.newLoopGroup("server");
        var clientGroup = UdpSockets.newLoopGroup("client");
        CompletableFuture<Instant> arrived = new CompletableFuture<>();
        Identity serverIdentity = Identity.create();
        QuicEndpoint server = QuicEndpoint.start(
                        serverGroup.next(),
                        settings,
                        serverIdentity.pair().getPrivate(),
                        serverIdentity.certificate(),
                        connection -> connection.setListener(new Peer(new Sink(total, arrived))))
                .toCompletableFuture()
                .get();
        Identity clientIdentity = Identity.create();
        EventLoop loop = clientGroup.next();
        QuicEndpoint client = QuicEndpoint.start(
                        loop,
                        settings,
                        clientIdentity.pair().getPrivate(),
                        clientIdentity.certificate(),
                        connection -> {})
                .toCompletableFuture()
                .get();
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        loop.execute(
                () -> client.connect(List.of(server.localAddress()), "benchmark.local", serverIdentity.fingerprint())
                        .thenAccept(connection -> {
                            connection.setListener(new Peer(new StreamListener() {}));
                            connected.complete(connection);
                        }));
        Connection connection = connected.get();
        Instant begun = Instant.now();
        loop.execute(() -> new Source(connection, total, writeBytes));
        Duration time = Duration.between(begun, arrived.get());
        client.close();
        server.close();
        clientGroup.shutdownGracefully().sync();
        serverGroup.shutdownGracefully().sync();
        return time;
    }

    private static final class Source implements StreamListener {
        private final TransportStream stream;
        private final int writeBytes;
        private long left;

        Source(Connection connection, long total, int writeBytes) {
            this.left = total;
            this.writeBytes = writeBytes;
            this.stream = connection.openBidirectional(this);
            fill();
        }

        @Override
        public void onDrained() {
            fill();
        }

        private void fill() {
            while (left > 0 && stream.pendingBytes() < MAX_PENDING_BYTES) {
                int bytes = (int) Math.min(writeBytes, left);
                stream.write(PooledByteBufAllocator.DEFAULT.directBuffer(bytes).writerIndex(bytes));
                left -= bytes;
            }
        }
    }

    private static final class Sink implements StreamListener {
        private final CompletableFuture<Instant> arrived;
        private long left;

        Sink(long total, CompletableFuture<Instant> arrived) {
            this.left = total;
            this.arrived = arrived;
        }

        @Override
        public void onData(ByteBuf data) {
            left -= data.readableBytes();
            data.release();
            if (left == 0) {
                arrived.complete(Instant.now());
            }
        }
    }

    private record Peer(StreamListener streams) implements ConnectionListener {
        @Override
        public StreamListener onStream(TransportStream stream) {
            return streams;
        }

        @Override
        public void onClosed(ConnectionCloseReason reason) {}
    }

    private record Identity(KeyPair pair, X509Certificate certificate, Fingerprint fingerprint) {

        static Identity create() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=benchmark");
            Instant now = Instant.now();
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(now),
                            Date.from(now.plus(Duration.ofDays(1))),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(pair.getPublic().getEncoded());
            return new Identity(
                    pair,
                    new JcaX509CertificateConverter().getCertificate(certificate),
                    new Fingerprint(Base64.getEncoder().encodeToString(hash)));
        }
    }
}
