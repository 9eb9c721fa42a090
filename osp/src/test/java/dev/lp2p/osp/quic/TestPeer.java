package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An endpoint with a loop of its own, whose connections are recorded; every wait ends in an error at last. */
final class TestPeer implements AutoCloseable {

    static final String SERVER_NAME = "AQAAAA.Living.openscreen.local";
    static final long PATIENCE_SECONDS = 30;

    final TestIdentity identity;
    final BlockingQueue<TestConnection> incoming = new LinkedBlockingQueue<>();
    private final EventLoopGroup group;
    final EventLoop loop;
    final QuicEndpoint endpoint;
    private volatile Function<TransportStream, StreamListener> streams = RecordingStream::new;

    TestPeer(TestIdentity identity, QuicSettings settings) throws Exception {
        this(identity, settings, UdpSockets.newLoopGroup("test-peer"));
    }

    TestPeer(TestIdentity identity, QuicSettings settings, EventLoopGroup group) throws Exception {
        this.identity = identity;
        this.group = group;
        this.loop = group.next();
        this.endpoint = QuicEndpoint.start(
                        loop,
                        settings,
                        identity.key(),
                        identity.certificate(),
                        connection -> incoming.add(new TestConnection(connection)))
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static QuicSettings loopback(String address) throws Exception {
        return QuicSettings.of(
                new InetSocketAddress(InetAddress.getByName(address), 0), InetAddress::isLoopbackAddress);
    }

    static TestPeer on(String address) throws Exception {
        return new TestPeer(TestIdentity.p256(), loopback(address));
    }

    void onStream(Function<TransportStream, StreamListener> listener) {
        streams = listener;
    }

    InetSocketAddress address() {
        return endpoint.localAddress();
    }

    TestConnection dial(TestPeer server) throws Exception {
        return dial(List.of(server.address()), server.identity.fingerprint());
    }

    TestConnection dial(List<InetSocketAddress> addresses, Fingerprint expected) throws Exception {
        return dial(addresses, expected, ApplicationProtocol.OSP);
    }

    TestConnection dial(TestPeer server, ApplicationProtocol protocol) throws Exception {
        return dial(List.of(server.address()), server.identity.fingerprint(), protocol);
    }

    TestConnection dial(List<InetSocketAddress> addresses, Fingerprint expected, ApplicationProtocol protocol)
            throws Exception {
        CompletableFuture<TestConnection> result = new CompletableFuture<>();
        loop.execute(() -> endpoint.connect(addresses, SERVER_NAME, expected, protocol)
                .thenApply(TestConnection::new)
                .whenComplete((connection, failure) -> {
                    if (failure == null) {
                        result.complete(connection);
                    } else {
                        result.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
                    }
                }));
        return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    TestConnection accept() throws Exception {
        return next(incoming);
    }

    <T> T onLoop(Callable<T> task) throws Exception {
        return loop.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    void runOnLoop(Runnable task) throws Exception {
        loop.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static <T> T next(BlockingQueue<T> queue) throws Exception {
        T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("Nothing came");
        }
        return item;
    }

    /** Stops without a word to anyone, as a process that is killed. */
    void kill() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        endpoint.close();
        group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** A connection and what its listener heard. */
    final class TestConnection implements ConnectionListener {

        final Connection connection;
        final BlockingQueue<StreamListener> streamListeners = new LinkedBlockingQueue<>();
        final BlockingQueue<String> datagrams = new LinkedBlockingQueue<>();
        private final CompletableFuture<ConnectionCloseReason> closed = new CompletableFuture<>();

        TestConnection(Connection connection) {
            this.connection = connection;
            connection.setListener(this);
        }

        @Override
        public StreamListener onStream(TransportStream stream) {
            StreamListener listener = streams.apply(stream);
            streamListeners.add(listener);
            return listener;
        }

        @Override
        public void onDatagram(ByteBuf datagram) {
            datagrams.add(datagram.toString(StandardCharsets.UTF_8));
            datagram.release();
        }

        @Override
        public void onClosed(ConnectionCloseReason reason) {
            closed.complete(reason);
        }

        ConnectionCloseReason closeReason() throws Exception {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        RecordingStream openBidirectional() throws Exception {
            return onLoop(() -> {
                RecordingStream recording = new RecordingStream(null);
                recording.stream = connection.openBidirectional(recording);
                return recording;
            });
        }

        RecordingStream openUnidirectional() throws Exception {
            return onLoop(() -> {
                RecordingStream recording = new RecordingStream(null);
                recording.stream = connection.openUnidirectional(recording);
                return recording;
            });
        }

        RecordingStream nextStream() throws Exception {
            return (RecordingStream) next(streamListeners);
        }

        void close(long code, String reason) throws Exception {
            runOnLoop(() -> connection.close(code, reason));
        }
    }
}
