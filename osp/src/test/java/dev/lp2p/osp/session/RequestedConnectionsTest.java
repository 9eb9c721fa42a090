package dev.lp2p.osp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.datachannel.RecordingChannel;
import dev.lp2p.osp.identity.TestFingerprints;
import dev.lp2p.osp.message.Lp2pConnectRequest;
import dev.lp2p.osp.transport.SimulatedConnection;
import dev.lp2p.osp.transport.SimulatedConnectionPair;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections between two agents that both tell origins apart. */
class RequestedConnectionsTest {

    private static final String OTHER_ORIGIN = "https://other.example";

    private Rig rig = new Rig(1);

    @AfterEach
    void nothingIsLeftBehind() {
        rig.loop.advance(Duration.ofSeconds(1));
        assertThat(rig.leakedBytes()).isZero();
    }

    @Test
    void whoAcceptsHearsWhoAsksAndWhoAskedHearsWhoAccepted() {
        rig.dialKnown();
        CompletableFuture<PeerConnection> asked = rig.laptop.request(Rig.ORIGIN);
        rig.settle();

        assertThat(rig.television.requests).singleElement().satisfies(request -> {
            assertThat(request.origin()).contains(Rig.ORIGIN);
            assertThat(request.nickname()).isEqualTo("Laptop");
        });
        assertThat(asked.join().peerNickname()).isEqualTo("Living Room");
        assertThat(asked.join().peerFingerprint()).isEqualTo(rig.television.fingerprint);
        assertThat(asked.join().isRequester()).isTrue();
        assertThat(rig.television.connection().isRequester()).isFalse();
        assertThat(rig.television.connection().peerNickname()).isEqualTo("Laptop");
        assertThat(rig.television.connection().id()).isEqualTo(asked.join().id());
    }

    @Test
    void whoAcceptsChoosesTheIdTheClientEvenOnesAndTheServerOddOnes() {
        rig.dialKnown();
        for (int i = 0; i < 3; i++) {
            rig.laptop.request(Rig.ORIGIN);
            rig.television.request(Rig.ORIGIN);
            rig.settle();
        }
        assertThat(rig.laptop.connections)
                .extracting(connection -> connection.id().getAsLong())
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L)
                .allSatisfy(id -> assertThat(id % 2 == 1).isEqualTo(isRequester(rig.laptop, id)));
    }

    private static boolean isRequester(TestAgent agent, long id) {
        return agent.connections.stream()
                .filter(connection -> connection.id().equals(OptionalLong.of(id)))
                .findFirst()
                .orElseThrow()
                .isRequester();
    }

    @Test
    void aRequestIsAnsweredWhenThePersonHasDecided() {
        rig.television.accepts = false;
        rig.dialKnown();
        CompletableFuture<PeerConnection> first = rig.laptop.request(Rig.ORIGIN);
        CompletableFuture<PeerConnection> second = rig.laptop.request(OTHER_ORIGIN);
        rig.loop.advance(Duration.ofMinutes(10));
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);

        IncomingConnectionRequest refused = request(rig.television, Rig.ORIGIN);
        refused.refuse();
        rig.television.accept(request(rig.television, OTHER_ORIGIN));
        rig.settle();

        assertFailed(first, Kind.UNAVAILABLE);
        assertThat(second).isCompleted();
        assertThatThrownBy(refused::refuse).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> refused.accept("")).isInstanceOf(IllegalStateException.class);
        assertThat(rig.laptop.closed).isEmpty();
    }

    @Test
    void requestsThatComeBeforeTheListenerWaitForIt() {
        rig.television.listens = false;
        rig.dialKnown();
        CompletableFuture<PeerConnection> asked = rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        assertThat(asked).isNotDone();

        rig.television.session().setListener(rig.television.sessionListener);
        rig.settle();
        assertThat(asked).isCompleted();
        assertThat(rig.television.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRequestRightAfterTheGreetingIsHeardWhateverItOvertakes(long seed) {
        rig = new Rig(seed);
        rig.laptop.knows(rig.television);
        rig.television.knows(rig.laptop);
        rig.laptop.onSession = session -> rig.laptop.request(Rig.ORIGIN);
        rig.television.onSession = session -> rig.television.request(OTHER_ORIGIN);
        rig.dial();
        rig.settle();
        assertThat(rig.laptop.connections).hasSize(2);
        assertThat(rig.television.connections).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRequestRightAfterAuthenticationIsHeardWhateverItOvertakes(long seed) {
        rig = new Rig(seed);
        rig.laptop.easeOfInput = 100;
        rig.laptop.onSession = session -> rig.laptop.request(Rig.ORIGIN);
        rig.television.onSession = session -> rig.television.request(OTHER_ORIGIN);
        rig.dial();
        rig.settle();
        rig.laptop.prompts.enter(rig.television.prompts.lastShown());
        rig.settle();
        assertThat(rig.laptop.connections).hasSize(2);
        assertThat(rig.television.connections).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void originsInBothDirectionsKeepTheirChannelsApartThoughTheIdsAreTheSame(long seed) {
        rig = new Rig(seed);
        rig.dialKnown();
        for (int i = 0; i < 4; i++) {
            rig.laptop.request("https://laptop" + i + ".example");
            rig.television.request("https://television" + i + ".example");
        }
        rig.settle();
        assertThat(rig.laptop.connections).hasSize(8);
        Map<PeerConnection, RecordingChannel> answers = new LinkedHashMap<>();
        for (PeerConnection connection : rig.laptop.connections) {
            RecordingChannel here = new RecordingChannel();
            here.channel = connection.openDataChannel(0, "label", "", here);
            for (int message = 0; message < 20; message++) {
                here.channel().send(text("to " + connection.id() + " " + message));
            }
            answers.put(connection, here);
        }
        rig.settle();
        for (PeerConnection connection : rig.television.connections) {
            List<RecordingChannel> heard = rig.television.incomingOf.get(connection);
            assertThat(heard).hasSize(1);
            assertThat(heard.get(0).events).hasSize(20).allSatisfy(event -> assertThat(event)
                    .startsWith("STRING to " + connection.id()));
            heard.get(0).channel().send(text("back to " + connection.id()));
        }
        rig.settle();
        answers.forEach((connection, here) ->
                assertThat(here.events).containsExactly("open", "STRING back to " + connection.id()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void channelsThatOvertakeTheWordThatTheirConnectionWasAcceptedWaitForIt(long seed) {
        rig = new Rig(seed);
        rig.dialKnown();
        List<RecordingChannel> there = new ArrayList<>();
        rig.television.onConnection = connection -> {
            for (int id = 1; id < 200; id += 2) {
                RecordingChannel recording = new RecordingChannel();
                DataChannel channel = connection.openDataChannel(id, "", "", recording);
                channel.send(text("I am " + id));
                channel.close();
                there.add(recording);
            }
        };
        rig.laptop.request(Rig.ORIGIN);
        rig.settle();

        assertThat(rig.laptop.incoming).hasSize(100).allSatisfy(channel -> assertThat(channel.events)
                .containsExactly("STRING I am " + channel.channel().id(), "closing", "CLOSED"));
        assertThat(there).allSatisfy(channel -> assertThat(channel.events).containsExactly("open", "CLOSED"));
    }

    @Test
    void channelsWaitUntilTheirConnectionHasAListener() {
        rig.television.hears = false;
        rig.dialKnown();
        rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        RecordingChannel here = new RecordingChannel();
        rig.laptop.connection().openDataChannel(0, "", "", here).send(text("early"));
        rig.settle();
        assertThat(here.events).isEmpty();

        rig.television.hear(rig.television.connection());
        rig.settle();
        assertThat(here.events).containsExactly("open");
        assertThat(rig.television.incoming.get(0).events).containsExactly("STRING early");
    }

    @Test
    void closingAConnectionEndsItsChannelsAtBothEndsAndNothingElse() {
        rig.dialKnown();
        rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        RecordingChannel closing = open(rig.laptop.connection());
        rig.laptop.request(OTHER_ORIGIN);
        rig.settle();
        RecordingChannel staying = open(rig.laptop.connection());
        rig.settle();

        PeerConnection closed = rig.laptop.connections.get(0);
        closed.close();
        closed.close();
        rig.settle();

        assertThat(closing.events).containsExactly("open", "ABORTED");
        assertThat(staying.events).containsExactly("open");
        assertThat(rig.television.incoming.get(0).events).containsExactly("ABORTED");
        assertThat(rig.television.incoming.get(1).events).isEmpty();
        assertThat(rig.laptop.closedConnections).containsExactly(SessionCloseReason.CLOSED_HERE);
        assertThat(rig.television.closedConnections).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
        assertThatThrownBy(() -> closed.openDataChannel(2, "", "", new RecordingChannel()))
                .isInstanceOf(IllegalStateException.class);

        rig.television.connections.get(1).close();
        rig.settle();
        assertThat(staying.events).containsExactly("open", "ABORTED");
        assertThat(rig.laptop.closed).isEmpty();
        assertThat(rig.television.closed).isEmpty();
        assertThat(rig.pair().openStreams()).isZero();
    }

    @Test
    void manyConnectionsMayBeClosedAtOnce() {
        rig.dialKnown();
        for (int i = 0; i < 2 * Outbox.MAX_WAITING_MESSAGES; i++) {
            rig.laptop.request(Rig.ORIGIN);
            rig.settle();
        }

        List.copyOf(rig.laptop.connections).forEach(PeerConnection::close);
        rig.settle();

        assertThat(rig.laptop.closed).isEmpty();
        assertThat(rig.television.closedConnections).hasSize(2 * Outbox.MAX_WAITING_MESSAGES);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anEndThatOvertakesTheWordThatTheConnectionWasAcceptedIsNotLost(long seed) {
        rig = new Rig(seed);
        rig.dialKnown();
        rig.television.onConnection = PeerConnection::close;
        CompletableFuture<PeerConnection> asked = rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        assertThat(asked).isCompleted();
        assertThat(rig.laptop.closedConnections).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
    }

    @Test
    void whatIsAcceptedAfterWhoAskedGaveUpIsClosed() {
        rig.television.accepts = false;
        rig.dialKnown();
        CompletableFuture<PeerConnection> asked =
                rig.laptop.session().requestConnection(Rig.ORIGIN, "").toCompletableFuture();
        rig.settle();
        asked.cancel(false);
        rig.television.accept(request(rig.television, Rig.ORIGIN));
        rig.settle();
        assertThat(rig.television.closedConnections).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
    }

    @Test
    void moreRequestsThanThePeerTakesAtATimeWaitForTheirTurn() {
        rig.television.accepts = false;
        rig.dialKnown();
        List<CompletableFuture<PeerConnection>> asked = new ArrayList<>();
        for (int i = 0; i < RequestedConnections.MAX_REQUESTS + 2; i++) {
            asked.add(rig.laptop
                    .session()
                    .requestConnection("https://page" + i + ".example", "")
                    .toCompletableFuture());
        }
        asked.get(asked.size() - 2).cancel(false);
        rig.settle();
        assertThat(rig.television.requests).hasSize(RequestedConnections.MAX_REQUESTS);
        assertThat(asked.subList(0, RequestedConnections.MAX_REQUESTS)).noneMatch(CompletableFuture::isDone);

        List.copyOf(rig.television.requests).forEach(IncomingConnectionRequest::refuse);
        rig.settle();
        assertThat(asked.subList(0, RequestedConnections.MAX_REQUESTS))
                .allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(rig.television.requests)
                .last()
                .extracting(request -> request.origin().orElseThrow())
                .isEqualTo("https://page" + (RequestedConnections.MAX_REQUESTS + 1) + ".example");
    }

    @Test
    void textsThatAreTooLongAreNotSent() {
        rig.dialKnown();
        Session session = rig.laptop.session();
        assertThatThrownBy(() -> session.requestConnection("", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session.requestConnection("ö".repeat(Lp2pConnectRequest.MAX_ORIGIN_BYTES / 2 + 1), ""))
                .isInstanceOf(IllegalArgumentException.class);
        rig.television.accepts = false;
        rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        IncomingConnectionRequest request = rig.television.requests.get(0);
        assertThatThrownBy(() -> request.accept("x".repeat(Lp2pConnectRequest.MAX_NICKNAME_BYTES + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        rig.television.accept(request);
        rig.settle();
        assertThat(rig.laptop.connections).hasSize(1);
    }

    static Stream<Ending> endings() {
        return Stream.of(
                new Ending(
                        Kind.AUTHENTICATION_CANCELLED, it -> it.laptop.session().close(SessionCloseReason.CLOSED_HERE)),
                new Ending(Kind.UNAVAILABLE, it -> it.television.session().close(SessionCloseReason.CLOSED_HERE)),
                new Ending(Kind.REPLACED, it -> it.television.session().close(SessionCloseReason.REPLACED)),
                new Ending(Kind.UNREACHABLE, it -> it.pair().cut()));
    }

    record Ending(Kind expected, Consumer<Rig> end) {}

    @ParameterizedTest
    @MethodSource("endings")
    void aSessionThatEndsTellsItsConnectionsFirstAndFailsWhatIsUnanswered(Ending ending) {
        rig.dialKnown();
        rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        rig.television.accepts = false;
        CompletableFuture<PeerConnection> unanswered = rig.laptop.request(OTHER_ORIGIN);
        rig.settle();
        List<String> order = new ArrayList<>();
        rig.laptop.onEnd = order::add;

        ending.end.accept(rig);
        rig.loop.advance(Duration.ofSeconds(30));

        assertFailed(unanswered, ending.expected);
        assertThat(order).containsExactly("connection", "session");
        assertFailed(rig.laptop.request(OTHER_ORIGIN), ending.expected);

        // A person who decides too late finds a connection that has ended.
        PeerConnection late = rig.television.requests.get(1).accept("");
        rig.television.hear(late);
        assertThat(rig.television.closedConnections).hasSize(2);
    }

    @Test
    void aTransportGoesToTheConnectionThatItNamesWhereThatWasAskedForByWhoDialled() {
        rig.connectKnown();
        OptionalLong id = rig.television.connection().id();
        OspSession television = (OspSession) rig.television.session();

        SimulatedConnection transport = transport();
        television.onTransport(id, transport);
        assertThat(rig.television.transports).containsExactly(transport);

        SimulatedConnection unnamed = transport();
        television.onTransport(OptionalLong.empty(), unnamed);
        SimulatedConnection unknown = transport();
        television.onTransport(OptionalLong.of(77), unknown);
        SimulatedConnection backwards = transport();
        ((OspSession) rig.laptop.session()).onTransport(id, backwards);
        rig.television.connection().close();
        SimulatedConnection late = transport();
        television.onTransport(id, late);
        assertThat(List.of(unnamed, unknown, backwards, late)).allMatch(SimulatedConnection::isClosed);
        assertThat(transport.isClosed()).isFalse();
        assertThat(rig.laptop.transports).isEmpty();
    }

    private SimulatedConnection transport() {
        return new SimulatedConnectionPair(
                        rig.loop,
                        rig.allocator,
                        rig.random,
                        rig.conditions,
                        TestFingerprints.of("client"),
                        TestFingerprints.of("server"))
                .server();
    }

    private RecordingChannel open(PeerConnection connection) {
        RecordingChannel channel = new RecordingChannel();
        connection.openDataChannel(0, "", "", channel);
        return channel;
    }

    private ByteBuf text(String text) {
        return DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode(text));
    }

    private static IncomingConnectionRequest request(TestAgent agent, String origin) {
        return agent.requests.stream()
                .filter(request -> request.origin().orElseThrow().equals(origin))
                .findFirst()
                .orElseThrow();
    }

    private static void assertFailed(CompletableFuture<PeerConnection> asked, Kind kind) {
        assertThat(asked).isCompletedExceptionally();
        assertThat(asked.handle((connection, failure) -> failure).join())
                .satisfiesAnyOf(
                        failure -> assertThat(failure)
                                .isInstanceOfSatisfying(OspException.class, e -> assertThat(e.kind())
                                        .isEqualTo(kind)),
                        failure -> assertThat(failure.getCause())
                                .isInstanceOfSatisfying(OspException.class, e -> assertThat(e.kind())
                                        .isEqualTo(kind)));
    }
}
