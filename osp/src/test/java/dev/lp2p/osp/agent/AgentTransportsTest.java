package dev.lp2p.osp.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.TestAgent.TestSession;
import dev.lp2p.osp.identity.AgentIdentity;
import dev.lp2p.osp.identity.IdentityFile;
import dev.lp2p.osp.message.AgentStatusRequest;
import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.Lp2pTransportRequest;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.quic.QuicEndpoint;
import dev.lp2p.osp.quic.QuicSettings;
import dev.lp2p.osp.quic.UdpSockets;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.transport.ApplicationProtocol;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import dev.lp2p.osp.transport.ConnectionListener;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may make a q2q connection to an agent, and for what. */
class AgentTransportsTest {

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final EventLoopGroup group = UdpSockets.newLoopGroup("by-hand");
    private final List<QuicEndpoint> byHand = new ArrayList<>();

    @TempDir
    private Path folder;

    private TestAgent tv;
    private TestAgent phone;
    private TestSession phoneSession;
    private TestSession tvSession;
    private PeerConnection connection;
    private DiscoveredAgent target;

    @BeforeEach
    void connect() throws Exception {
        tv = new TestAgent("TV " + run, folder.resolve("tv"), 0);
        phone = new TestAgent("Phone " + run, folder.resolve("phone"), 100);
        tv.advertise();
        target = phone.find(tv);
        var connecting = phone.connect(target);
        phone.enterCodeOf(tv);
        phoneSession = phone.session(connecting);
        tvSession = TestAgent.next(tv.incoming);
        connection = get(onPhone(phoneSession::connect));
    }

    @AfterEach
    void close() {
        byHand.forEach(QuicEndpoint::close);
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        phone.close();
        tv.close();
    }

    @Test
    void aTransportArrivesForItsConnection() throws Exception {
        Connection dialled = get(phone.agent.dialTransport(target, connection));
        Heard here = new Heard();
        phone.agent.loop().execute(() -> {
            dialled.setListener(here);
            send(dialled.openUnidirectional(new StreamListener() {}), "hello");
        });
        Heard there = heardAtTv();
        assertThat(TestAgent.next(there.messages)).isEqualTo("hello");
    }

    @Test
    void theEndOfTheSessionEndsItsTransports() throws Exception {
        Connection dialled = get(phone.agent.dialTransport(target, connection));
        Heard here = new Heard();
        phone.agent.loop().execute(() -> dialled.setListener(here));
        Heard there = heardAtTv();
        phone.agent.forget(tv.agent.fingerprint());
        get(here.closed);
        get(there.closed);
        assertThat(TestAgent.next(tvSession.closed)).isEqualTo(SessionCloseReason.CLOSED_BY_PEER);
        assertThatThrownBy(() -> get(phone.agent.dialTransport(target, connection)))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(OspException.class);
    }

    @Test
    void aStrangerGetsNone() throws Exception {
        assertRefused("stranger", transport -> send(transport, new Lp2pTransportRequest(id())));
    }

    @Test
    void aPeerWithTheRightNameGetsIt() throws Exception {
        Heard heard = dialByHand("phone", transport -> send(transport, new Lp2pTransportRequest(id())));
        assertThat(heardAtTv()).isNotNull();
        assertThat(heard.closed).isNotDone();
    }

    @Test
    void aNameOfNoConnectionIsRefused() throws Exception {
        assertRefused("phone", transport -> send(transport, new Lp2pTransportRequest(id() + 2)));
    }

    @Test
    void anotherMessageThanTheNameIsRefused() throws Exception {
        assertRefused("phone", transport -> send(transport, new AgentStatusRequest(0)));
    }

    @Test
    void whatIsNoMessageIsRefused() throws Exception {
        assertRefused(
                "phone", transport -> send(transport.openUnidirectional(new StreamListener() {}), "\u0018 hello"));
    }

    @Test
    void aNameThatIsCutShortIsRefused() throws Exception {
        assertRefused("phone", transport -> {
            TransportStream stream = transport.openUnidirectional(new StreamListener() {});
            stream.write(Unpooled.wrappedBuffer(new byte[] {0x64}));
            stream.finish();
        });
    }

    @Test
    void aFloodBeforeTheNameIsRefused() throws Exception {
        assertRefused("phone", transport -> {
            for (int i = 0; i < 300; i++) {
                send(transport.openBidirectional(new StreamListener() {}), "flood");
            }
        });
    }

    @Test
    void whatCameBeforeTheNameWaitsForTheListener() throws Exception {
        dialByHand("phone", transport -> {
            TransportStream prelude = transport.openUnidirectional(new StreamListener() {});
            send(transport.openUnidirectional(new StreamListener() {}), "early");
            transport.sendDatagram(text("early datagram"));
            group.next()
                    .schedule(
                            () -> prelude.write(MessageWriter.encode(
                                    PooledByteBufAllocator.DEFAULT, new Lp2pTransportRequest(id()))),
                            300,
                            TimeUnit.MILLISECONDS);
        });
        Heard there = heardAtTv();
        assertThat(List.of(TestAgent.next(there.messages), TestAgent.next(there.messages)))
                .containsExactlyInAnyOrder("early", "early datagram");
    }

    @Test
    void eachSideSaysBesideAStreamWhereItEndsIfItsFinHadToGoAlone() throws Exception {
        BlockingQueue<TransportStream> prelude = new LinkedBlockingQueue<>();
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Heard here = dialByHand("phone", transport -> {
            transport.setPreludeListener(new StreamListener() {
                @Override
                public void onData(ByteBuf data) {
                    said.add(ByteBufUtil.hexDump(data));
                    data.release();
                }
            });
            TransportStream first = transport.openUnidirectional(new StreamListener() {});
            first.write(MessageWriter.encode(PooledByteBufAllocator.DEFAULT, new Lp2pTransportRequest(id())));
            prelude.add(first);
            TransportStream stream = transport.openBidirectional(new StreamListener() {});
            send(stream, "question");
        });
        Heard there = heardAtTv();
        assertThat(TestAgent.next(there.messages)).isEqualTo("question");

        // The FIN does not come, but the word of it.
        TransportStream first = TestAgent.next(prelude);
        group.next()
                .execute(() -> first.write(MessageWriter.encode(
                        PooledByteBufAllocator.DEFAULT, new Lp2pStreamEnd(0, "question".length()))));
        TransportStream answering = TestAgent.next(there.finished);
        tv.agent.loop().submit(() -> send(answering, "answer")).get(TestAgent.PATIENCE_SECONDS, TimeUnit.SECONDS);
        tv.agent.loop().execute(answering::finish);
        ByteBuf end = MessageWriter.encode(PooledByteBufAllocator.DEFAULT, new Lp2pStreamEnd(0, "answer".length()));
        assertThat(TestAgent.next(said)).isEqualTo(ByteBufUtil.hexDump(end));
        end.release();
        assertThat(here.closed).isNotDone();
    }

    @Test
    void anEndBeforeTheNameIsRefused() throws Exception {
        assertRefused("phone", transport -> {
            TransportStream first = transport.openUnidirectional(new StreamListener() {});
            first.write(MessageWriter.encode(PooledByteBufAllocator.DEFAULT, new Lp2pStreamEnd(0, 1)));
        });
    }

    private long id() {
        return connection.id().orElseThrow();
    }

    private Heard heardAtTv() throws Exception {
        Connection transport = TestAgent.next(tvSession.transports);
        Heard heard = new Heard();
        tv.agent.loop().execute(() -> transport.setListener(heard));
        return heard;
    }

    private void assertRefused(String identity, Consumer<Connection> first) throws Exception {
        Heard heard = dialByHand(identity, first);
        assertThat(get(heard.closed).kind()).isEqualTo(ConnectionCloseReason.Kind.TRANSPORT_ERROR);
        assertThat(tvSession.transports).isEmpty();
    }

    /** A q2q connection to the television by whoever has this identity, and what is sent first on it. */
    private Heard dialByHand(String identity, Consumer<Connection> first) throws Exception {
        AgentIdentity shown = new IdentityFile(folder.resolve(identity).resolve("identity.p12"))
                .loadOrCreate("By hand", "test", new SecureRandom());
        QuicSettings settings = QuicSettings.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InetAddress::isLoopbackAddress);
        QuicEndpoint endpoint = get(
                QuicEndpoint.start(group.next(), settings, shown.privateKey(), shown.certificate(), incoming -> {}));
        byHand.add(endpoint);
        Heard heard = new Heard();
        group.next().execute(() -> endpoint.connect(
                        target.addresses(), target.hostname(), target.fingerprint(), ApplicationProtocol.Q2Q)
                .thenAccept(transport -> {
                    first.accept(transport);
                    transport.setListener(heard);
                }));
        return heard;
    }

    private <T> CompletionStage<T> onPhone(java.util.function.Supplier<CompletionStage<T>> task) throws Exception {
        return phone.agent.loop().submit(task::get).get(TestAgent.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return TestAgent.get(stage);
    }

    private static void send(Connection transport, Message message) {
        transport
                .openUnidirectional(new StreamListener() {})
                .write(MessageWriter.encode(PooledByteBufAllocator.DEFAULT, message));
    }

    private static void send(TransportStream stream, String message) {
        stream.write(text(message));
    }

    private static ByteBuf text(String message) {
        return Unpooled.copiedBuffer(message, StandardCharsets.UTF_8);
    }

    /** What came on a transport, and how it ended. */
    private static final class Heard implements ConnectionListener {

        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<TransportStream> finished = new LinkedBlockingQueue<>();
        final CompletableFuture<ConnectionCloseReason> closed = new CompletableFuture<>();

        @Override
        public StreamListener onStream(TransportStream stream) {
            return new StreamListener() {
                @Override
                public void onData(ByteBuf data) {
                    onDatagram(data);
                }

                @Override
                public void onFinished() {
                    finished.add(stream);
                }
            };
        }

        @Override
        public void onDatagram(ByteBuf datagram) {
            messages.add(datagram.toString(StandardCharsets.UTF_8));
            datagram.release();
        }

        @Override
        public void onClosed(ConnectionCloseReason reason) {
            closed.complete(reason);
        }
    }
}
