package dev.lp2p.osp.agent;

import dev.lp2p.osp.authentication.AuthenticationPrompts;
import dev.lp2p.osp.authentication.NumericCode;
import dev.lp2p.osp.authentication.PeerDescription;
import dev.lp2p.osp.authentication.Psk;
import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.identity.IdentityFile;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.PskInputMethod;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.osp.peer.PeerStore;
import dev.lp2p.osp.session.IncomingConnectionRequest;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.session.PeerConnectionListener;
import dev.lp2p.osp.session.Session;
import dev.lp2p.osp.session.SessionCloseReason;
import dev.lp2p.osp.session.SessionListener;
import dev.lp2p.osp.transport.Connection;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An agent on loopback with a person who is told what to do. */
final class TestAgent implements AuthenticationPrompts, OspAgentListener, DiscoveryListener, AutoCloseable {

    static final long PATIENCE_SECONDS = 30;

    final OspAgent agent;
    final InMemoryMetadataStore metadata = new InMemoryMetadataStore();
    final PeerStore peers;

    /** On the screen now; who takes one has seen it. */
    final BlockingQueue<String> shownCodes = new LinkedBlockingQueue<>();

    final BlockingQueue<CodeAnswer> askedCodes = new LinkedBlockingQueue<>();
    final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    final BlockingQueue<TestSession> incoming = new LinkedBlockingQueue<>();
    final BlockingQueue<DiscoveredAgent> found = new LinkedBlockingQueue<>();
    final BlockingQueue<DiscoveredAgent> lost = new LinkedBlockingQueue<>();

    private @Nullable CompletionStage<Session> connecting;

    /** @param easeOfInput the agent with the higher one asks for the code, the other shows it */
    TestAgent(String name, Path folder, int easeOfInput) throws IOException {
        this(name, folder, easeOfInput, new InMemoryPeerStore());
    }

    TestAgent(String name, Path folder, int easeOfInput, PeerStore peers) throws IOException {
        this.peers = peers;
        OspAgentSettings settings = new OspAgentSettings(
                name,
                "test",
                List.of("de"),
                Set.of("lo"),
                0,
                new AuthCapabilities(easeOfInput, Set.of(PskInputMethod.NUMERIC), AuthCapabilities.MIN_BITS_OF_ENTROPY),
                metadata);
        agent = OspAgent.start(settings, new IdentityFile(folder.resolve("identity.p12")), peers, this, this);
    }

    String advertise() throws Exception {
        return get(agent.advertise());
    }

    /** Looks until the agent of this fingerprint is found. */
    DiscoveredAgent find(TestAgent other) throws Exception {
        Discovery discovery = agent.discover(this);
        try {
            return awaits(found, other, () -> {});
        } finally {
            discovery.close();
        }
    }

    /** What is reported of one agent, whatever else is on the loopback interface. */
    DiscoveredAgent awaits(BlockingQueue<DiscoveredAgent> reports, TestAgent other, Runnable cause) throws Exception {
        cause.run();
        while (true) {
            DiscoveredAgent next = next(reports);
            if (next.fingerprint().equals(other.agent.fingerprint())) {
                return next;
            }
        }
    }

    CompletionStage<Session> connect(DiscoveredAgent target) {
        CompletionStage<Session> started = agent.connect(target);
        connecting = started;
        return started;
    }

    TestSession session(CompletionStage<Session> connecting) throws Exception {
        return get(connecting.thenApplyAsync(
                session -> {
                    TestSession recorded = new TestSession(session);
                    session.setListener(recorded);
                    return recorded;
                },
                agent.loop()));
    }

    /** The code that the other agent shows when one is asked for here is entered. */
    void enterCodeOf(TestAgent other) throws Exception {
        CodeAnswer answer = askedCodes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("No code is asked for; the connection: " + connecting);
        }
        answer.enter(NumericCode.parse(codeOf(other)).orElseThrow());
    }

    /** The code that the other agent shows for the connection that was begun here, which must not have failed. */
    String codeOf(TestAgent other) throws Exception {
        String code = other.shownCodes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (code == null) {
            throw new AssertionError("No code is shown; the connection: " + connecting);
        }
        return code;
    }

    void enter(String code) throws Exception {
        next(askedCodes).enter(NumericCode.parse(code).orElseThrow());
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    static <T> T next(BlockingQueue<T> queue) throws Exception {
        T item = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (item == null) {
            throw new AssertionError("Nothing came");
        }
        return item;
    }

    @Override
    public OpenPrompt showCode(PeerDescription peer, Psk psk) {
        String code = NumericCode.format(psk);
        shownCodes.add(code);
        return outcome -> {
            shownCodes.remove(code);
            outcomes.add(outcome);
        };
    }

    @Override
    public OpenPrompt askCode(PeerDescription peer, CodeAnswer answer) {
        askedCodes.add(answer);
        return outcome -> {
            askedCodes.remove(answer);
            outcomes.add(outcome);
        };
    }

    @Override
    public SessionListener onIncomingSession(Session session) {
        TestSession recorded = new TestSession(session);
        incoming.add(recorded);
        return recorded;
    }

    @Override
    public void onFound(DiscoveredAgent discovered) {
        found.add(discovered);
    }

    @Override
    public void onLost(DiscoveredAgent discovered) {
        lost.add(discovered);
    }

    @Override
    public void close() {
        agent.close();
    }

    /** A session and what came on its channels. */
    static final class TestSession implements SessionListener {

        final Session session;
        final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<DataChannel> channels = new LinkedBlockingQueue<>();
        final BlockingQueue<Connection> transports = new LinkedBlockingQueue<>();
        final BlockingQueue<SessionCloseReason> closed = new LinkedBlockingQueue<>();

        private @Nullable PeerConnection connection;

        TestSession(Session session) {
            this.session = session;
        }

        /** The connection that the peer asked for, or that is asked for now. */
        CompletionStage<PeerConnection> connect() {
            PeerConnection there = connection;
            return there == null
                    ? session.requestConnection("https://page.example", "page").thenApply(this::take)
                    : CompletableFuture.completedStage(there);
        }

        /** Opens a channel that says something. */
        CompletionStage<DataChannel> open(int id, String label, ByteBuf message) {
            return connect().thenApply(taken -> {
                DataChannel channel = taken.openDataChannel(id, label, "", channelListener());
                channel.send(message);
                return channel;
            });
        }

        private PeerConnection take(PeerConnection made) {
            connection = made;
            made.setListener(new Channels());
            return made;
        }

        DataChannelListener channelListener() {
            return new DataChannelListener() {
                @Override
                public void onOpen() {}

                @Override
                public void onMessage(DataEncoding encoding, ByteBuf payload) {
                    messages.add(payload.toString(StandardCharsets.UTF_8));
                    payload.release();
                }

                @Override
                public void onBlobStart(OptionalLong size) {}

                @Override
                public void onBlobChunk(ByteBuf chunk) {
                    chunk.release();
                }

                @Override
                public void onBlobEnd() {}

                @Override
                public void onDrained() {}

                @Override
                public void onClosing() {}

                @Override
                public void onClosed(Reason reason) {}
            };
        }

        @Override
        public void onConnectionRequest(IncomingConnectionRequest request) {
            take(request.accept(""));
        }

        @Override
        public void onClosed(SessionCloseReason reason) {
            closed.add(reason);
        }

        private final class Channels implements PeerConnectionListener {

            @Override
            public DataChannelListener onDataChannel(DataChannel channel) {
                channels.add(channel);
                return channelListener();
            }

            @Override
            public void onTransport(Connection transport) {
                transports.add(transport);
            }

            @Override
            public void onClosed(SessionCloseReason reason) {}
        }
    }
}
