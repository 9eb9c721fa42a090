package dev.lp2p.benchmarks;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.quic.QuicEndpoint;
import dev.lp2p.osp.quic.QuicSettings;
import dev.lp2p.osp.quic.UdpSockets;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.math.BigInteger;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Two endpoints of this process that are connected on loopback, with nothing above QUIC. */
final class RawConnection implements AutoCloseable {

    /** As an application that fills its stream from a file keeps it. */
    private static final long MAX_PENDING_BYTES = 1 << 20;

    private final EventLoopGroup serverGroup = UdpSockets.newLoopGroup("server");
    private final EventLoopGroup clientGroup = UdpSockets.newLoopGroup("client");
    private final EventLoop loop = clientGroup.next();
    private final QuicEndpoint server;
    private final QuicEndpoint client;
    private final Fingerprint serverFingerprint;
    private final AtomicInteger open = new AtomicInteger();
    private final Connection connection;

    // What the next stream brings, and when it has.
    private volatile Sink sink = new Sink(0, new CompletableFuture<>());

    RawConnection(QuicSettings settings) throws Exception {
        Identity serverIdentity = Identity.create();
        server = QuicEndpoint.start(
                        serverGroup.next(),
                        settings,
                        serverIdentity.pair().getPrivate(),
                        serverIdentity.certificate(),
                        incoming -> {
                            incoming.vouch();
                            open.incrementAndGet();
                            incoming.setListener(new Peer(() -> sink, open::decrementAndGet));
                        })
                .toCompletableFuture()
                .get();
        Identity clientIdentity = Identity.create();
        client = QuicEndpoint.start(
                        loop,
                        settings,
                        clientIdentity.pair().getPrivate(),
                        clientIdentity.certificate(),
                        incoming -> {})
                .toCompletableFuture()
                .get();
        serverFingerprint = serverIdentity.fingerprint();
        connection = dial();
    }

    /** One more connection of the same two endpoints. */
    Connection dial() throws Exception {
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        loop.execute(() -> client.connect(
                        List.of(server.localAddress()), "benchmark.local", serverFingerprint, ApplicationProtocol.OSP)
                .whenComplete((dialled, failure) -> {
                    if (failure != null) {
                        connected.completeExceptionally(failure);
                        return;
                    }
                    dialled.vouch();
                    dialled.setListener(new Peer(() -> new StreamListener() {}, () -> {}));
                    connected.complete(dialled);
                }));
        return connected.get();
    }

    /** How many connections the server has. */
    int open() {
        return open.get();
    }

    /** How long it takes until so many bytes of one new stream are read at the far end. */
    Duration send(long bytes, int writeBytes) throws Exception {
        CompletableFuture<Instant> arrived = new CompletableFuture<>();
        sink = new Sink(bytes, arrived);
        Instant begun = Instant.now();
        loop.execute(() -> new Source(connection, bytes, writeBytes));
        return Duration.between(begun, arrived.get());
    }

    @Override
    public void close() {
        client.close();
        server.close();
        clientGroup.shutdownGracefully().syncUninterruptibly();
        serverGroup.shutdownGracefully().syncUninterruptibly();
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
            if (left == 0) {
                stream.finish();
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

    private record Peer(Supplier<StreamListener> streams, Runnable onEnd) implements ConnectionListener {
        @Override
        public StreamListener onStream(TransportStream stream) {
            return streams.get();
        }

        @Override
        public void onClosed(ConnectionCloseReason reason) {
            onEnd.run();
        }
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
