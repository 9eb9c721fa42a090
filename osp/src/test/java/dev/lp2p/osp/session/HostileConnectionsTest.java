package dev.lp2p.osp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.DataChannelOpenResponse;
import dev.lp2p.osp.message.Lp2pCloseEvent;
import dev.lp2p.osp.message.Lp2pConnectRequest;
import dev.lp2p.osp.message.Lp2pConnectResponse;
import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.message.ResultCode;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an authenticated peer that tells origins apart, and is the server, may try with the laptop. */
class HostileConnectionsTest {

    private static final Set<Long> CAPABILITIES = Set.of(AgentCapability.DATA_CHANNELS, AgentCapability.ORIGINS);
    private static final int MUTANTS = 400;

    private final Rig rig = new Rig(1);
    private RawPeer peer = newPeer();

    @BeforeEach
    void thePeerIsKnown() {
        assertThat(rig.laptop.sessions).hasSize(1);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        rig.laptop.session().close(SessionCloseReason.CLOSED_HERE);
        rig.settle();
        assertThat(rig.leakedBytes()).isZero();
    }

    @Test
    void aFloodOfRequestsIsRefusedBeyondTheCap() {
        rig.laptop.accepts = false;
        int flood = RequestedConnections.MAX_REQUESTS + 100;
        for (int id = 0; id < flood; id++) {
            peer.send(new Lp2pConnectRequest(id, Rig.ORIGIN, "x".repeat(Lp2pConnectRequest.MAX_NICKNAME_BYTES)));
        }
        rig.settle();
        assertThat(rig.laptop.requests).hasSize(RequestedConnections.MAX_REQUESTS);
        assertThat(peer.received(Lp2pConnectResponse.class)).hasSize(100).allMatch(response -> response.accepted()
                .isEmpty());

        rig.laptop.requests.get(0).refuse();
        peer.send(new Lp2pConnectRequest(flood, Rig.ORIGIN, ""));
        rig.settle();
        assertThat(rig.laptop.requests).hasSize(RequestedConnections.MAX_REQUESTS + 1);
    }

    @Test
    void moreConnectionsThanTheCapAreRefused() {
        for (int id = 0; id <= RequestedConnections.MAX_CONNECTIONS; id++) {
            peer.send(new Lp2pConnectRequest(id, Rig.ORIGIN, ""));
            rig.settle();
        }
        assertThat(rig.laptop.connections).hasSize(RequestedConnections.MAX_CONNECTIONS);
        assertThat(peer.received(Lp2pConnectResponse.class))
                .filteredOn(response -> response.accepted().isEmpty())
                .hasSize(1);
    }

    @Test
    void theSameRequestIdTwiceAtATimeBreaksTheProtocol() {
        rig.laptop.accepts = false;
        peer.send(new Lp2pConnectRequest(1, Rig.ORIGIN, ""), new Lp2pConnectRequest(1, "https://other.example", ""));
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void answersToNothingAndASecondAnswerAreNotHeard() {
        peer.send(Lp2pConnectResponse.accepted(0, 1, ""));
        rig.settle();
        CompletableFuture<PeerConnection> asked = ask();
        peer.send(Lp2pConnectResponse.accepted(0, 3, ""));
        rig.settle();
        peer.send(Lp2pConnectResponse.accepted(0, 5, ""), Lp2pConnectResponse.unavailable(0));
        rig.settle();
        assertThat(asked.join().id()).hasValue(3);
        assertThat(rig.laptop.connections).hasSize(1);
        assertRefused(new DataChannelOpenRequest(0, 1, "", "", OptionalLong.of(1)));
        assertRefused(new DataChannelOpenRequest(0, 1, "", "", OptionalLong.of(5)));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1})
    void anIdThatIsOursToChooseOrIsTakenBreaksTheProtocol(long id) {
        ask();
        peer.send(Lp2pConnectResponse.accepted(0, 1, ""));
        rig.settle();
        CompletableFuture<PeerConnection> asked = ask();
        peer.send(Lp2pConnectResponse.accepted(1, id, ""));
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        assertThat(asked).isCompletedExceptionally();
    }

    @Test
    void endsOfConnectionsThatThereAreNotAreNotHeard() {
        ask();
        peer.send(Lp2pConnectResponse.accepted(0, 1, ""));
        rig.settle();
        for (long id : List.of(0L, 2L, 3L, Long.MAX_VALUE)) {
            peer.send(new Lp2pCloseEvent(id, 77));
        }
        rig.settle();
        assertThat(rig.laptop.closedConnections).isEmpty();
        assertThat(rig.pair().server().isClosed()).isFalse();
        peer.send(new Lp2pCloseEvent(1, 77));
        rig.settle();
        assertThat(rig.laptop.closedConnections).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
    }

    @Test
    void endsThatAreToComeBeforeTheirConnectionsAreRememberedOnlyWhileOneIsAskedFor() {
        ask();
        for (long id = 1; id < 2 * 10L * RequestedConnections.MAX_REQUESTS; id += 2) {
            peer.send(new Lp2pCloseEvent(id, Lp2pCloseEvent.CLOSED));
        }
        rig.settle();
        peer.send(Lp2pConnectResponse.unavailable(0));
        rig.settle();
        CompletableFuture<PeerConnection> asked = ask();
        peer.send(Lp2pConnectResponse.accepted(1, 1, ""));
        rig.settle();
        assertThat(asked).isCompleted();
        assertThat(rig.laptop.closedConnections).isEmpty();
    }

    @Test
    void aChannelThatNamesNoConnectionOrAnUnknownOrClosedOrForeignOneIsRefused() {
        ask();
        peer.send(Lp2pConnectResponse.accepted(0, 1, ""));
        rig.settle();
        PeerConnection closed = rig.laptop.connection();
        assertRefused(new DataChannelOpenRequest(0, 1, "", ""));
        // Another session of ours may well have a connection of this id.
        assertRefused(new DataChannelOpenRequest(0, 1, "", "", OptionalLong.of(3)));
        assertRefused(new DataChannelOpenRequest(0, 1, "", "", OptionalLong.of(0)));
        closed.close();
        assertRefused(new DataChannelOpenRequest(0, 1, "", "", OptionalLong.of(1)));
        assertThat(rig.laptop.incoming).isEmpty();
        assertThat(rig.pair().server().isClosed()).isFalse();
    }

    @Test
    void aChannelWaitsForItsConnectionOnlyWhileOneIsAskedFor() {
        ask();
        ask();
        TransportStream waiting = peer.openChannelStream(new DataChannelOpenRequest(7, 1, "", "", OptionalLong.of(9)));
        waiting.write(text("unheard"));
        rig.settle();
        assertThat(peer.received(DataChannelOpenResponse.class)).isEmpty();

        peer.send(Lp2pConnectResponse.accepted(0, 1, ""));
        rig.settle();
        assertThat(peer.received(DataChannelOpenResponse.class)).isEmpty();
        peer.send(Lp2pConnectResponse.unavailable(1));
        rig.settle();
        assertThat(peer.received(DataChannelOpenResponse.class))
                .containsExactly(new DataChannelOpenResponse(7, ResultCode.PERMANENT_ERROR));
        assertThat(rig.laptop.incoming).isEmpty();
    }

    @Test
    void aChannelThatWaitsMayBeResetMeanwhile() {
        ask();
        TransportStream waiting = peer.openChannelStream(new DataChannelOpenRequest(7, 1, "", "", OptionalLong.of(1)));
        waiting.write(text("x".repeat(1000)));
        rig.settle();
        waiting.reset(0);
        rig.settle();
        peer.send(Lp2pConnectResponse.accepted(0, 1, ""));
        rig.settle();
        assertThat(rig.laptop.incoming).isEmpty();
        assertThat(rig.pair().openStreams()).isZero();
    }

    @Test
    void fewChannelsWaitAndLittleTextOfThem() {
        ask();
        for (int id = 0; id <= DataChannels.MAX_WAITING_CHANNELS; id++) {
            peer.openChannelStream(new DataChannelOpenRequest(id, 1, "", "", OptionalLong.of(1)));
        }
        rig.settle();
        assertThat(peer.received(DataChannelOpenResponse.class))
                .extracting(DataChannelOpenResponse::result)
                .containsExactly(ResultCode.TRANSIENT_ERROR);

        rig.laptop.session().close(SessionCloseReason.CLOSED_HERE);
        peer = newPeer();
        ask();
        for (int id = 0; id < 20; id++) {
            peer.openChannelStream(new DataChannelOpenRequest(id, 1, "x".repeat(65_535), "", OptionalLong.of(1)));
        }
        rig.loop.advance(Duration.ofMinutes(2));
        assertThat(peer.received(DataChannelOpenResponse.class))
                .extracting(DataChannelOpenResponse::result)
                .hasSize(4)
                .containsOnly(ResultCode.TRANSIENT_ERROR);
    }

    @Test
    void aMessageOfOriginsOnAChannelBreaksTheProtocol() {
        peer.openChannelStream(new Lp2pConnectRequest(0, Rig.ORIGIN, ""));
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void whoIsForgottenAsksForNothing() {
        rig.laptop.peers.remove(rig.television.fingerprint);
        peer.send(new Lp2pConnectRequest(0, Rig.ORIGIN, ""));
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.NOT_AUTHENTICATED);
        assertThat(rig.laptop.requests).isEmpty();
    }

    @Test
    void changedMessagesEndTheSessionOrDoNot() {
        Random random = new Random(1);
        List<Message> seeds = List.of(
                new Lp2pConnectRequest(9, Rig.ORIGIN, "nickname"),
                Lp2pConnectResponse.accepted(0, 1, "nickname"),
                Lp2pConnectResponse.unavailable(0),
                new Lp2pCloseEvent(1, Lp2pCloseEvent.CLOSED),
                new Lp2pStreamEnd(1, 1));
        int ended = 0;
        for (int i = 0; i < MUTANTS; i++) {
            ask();
            for (Message seed : seeds) {
                ByteBuf bytes = MessageWriter.encode(rig.allocator, seed);
                int at = random.nextInt(bytes.readableBytes());
                bytes.setByte(at, random.nextInt(256));
                peer.sendBytes(bytes);
            }
            peer.openChannelStream(new DataChannelOpenRequest(0, 1, "", "", OptionalLong.of(random.nextInt(4))));
            rig.settle();
            ended += rig.pair().server().isClosed() ? 1 : 0;
            rig.laptop.session().close(SessionCloseReason.CLOSED_HERE);
            rig.settle();
            assertThat(rig.leakedBytes()).isZero();
            peer = newPeer();
        }
        assertThat(ended).isBetween(1, MUTANTS);
    }

    private CompletableFuture<PeerConnection> ask() {
        return rig.laptop.request(Rig.ORIGIN);
    }

    private void assertRefused(DataChannelOpenRequest request) {
        int before = peer.received(DataChannelOpenResponse.class).size();
        TransportStream stream = peer.openChannelStream(request);
        rig.settle();
        assertThat(peer.received(DataChannelOpenResponse.class))
                .hasSize(before + 1)
                .last()
                .isEqualTo(new DataChannelOpenResponse(request.requestId(), ResultCode.PERMANENT_ERROR));
        stream.reset(0);
        rig.settle();
    }

    private RawPeer newPeer() {
        rig.laptop.knows(rig.television);
        rig.connect();
        RawPeer friend = new RawPeer(rig.pair().server(), rig.allocator);
        rig.laptop.start(rig.pair().client(), null, null);
        friend.send(new AgentInfoResponse(0, new AgentInfo("Friend", "", CAPABILITIES, "abcdefgh", List.of())));
        rig.settle();
        return friend;
    }

    private ByteBuf text(String text) {
        return DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode(text));
    }
}
