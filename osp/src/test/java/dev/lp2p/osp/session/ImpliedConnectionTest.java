package dev.lp2p.osp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.datachannel.RecordingChannel;
import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.message.ConnectionMessage;
import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.Lp2pCloseEvent;
import dev.lp2p.osp.message.Lp2pConnectRequest;
import dev.lp2p.osp.message.Lp2pConnectResponse;
import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.Message;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The television does not tell origins apart. */
class ImpliedConnectionTest {

    private static final Set<Long> WITHOUT_ORIGINS = Set.of(AgentCapability.DATA_CHANNELS);

    private final Rig rig = new Rig(1);

    @BeforeEach
    void theTelevisionDoesNotTellOriginsApart() {
        rig.television.capabilities = WITHOUT_ORIGINS;
    }

    @AfterEach
    void nothingIsLeftBehind() {
        rig.loop.advance(Duration.ofSeconds(1));
        assertThat(rig.leakedBytes()).isZero();
    }

    @Test
    void theOneConnectionIsThereAtOnceAndTakesChannelsBothWays() {
        rig.dialKnown();
        CompletableFuture<PeerConnection> asked = rig.laptop.request(Rig.ORIGIN);
        assertThat(asked).isCompleted();
        rig.settle();
        assertThat(rig.television.requests).singleElement().satisfies(request -> {
            assertThat(request.origin()).isEmpty();
            assertThat(request.nickname()).isEqualTo("Laptop");
        });
        assertThat(asked.join().id()).isEmpty();
        assertThat(asked.join().isRequester()).isTrue();
        assertThat(rig.television.connection().isRequester()).isFalse();

        RecordingChannel here = new RecordingChannel();
        asked.join().openDataChannel(0, "", "", here).send(text("hello"));
        RecordingChannel there = new RecordingChannel();
        rig.television.connection().openDataChannel(1, "", "", there).send(text("welcome"));
        rig.settle();
        assertThat(rig.television.incoming.get(0).events).containsExactly("STRING hello");
        assertThat(rig.laptop.incoming.get(0).events).containsExactly("STRING welcome");
    }

    @Test
    void channelsWaitUntilThePersonHasDecided() {
        rig.television.accepts = false;
        rig.dialKnown();
        rig.laptop.request(Rig.ORIGIN);
        RecordingChannel here = new RecordingChannel();
        rig.laptop.connection().openDataChannel(0, "", "", here).send(text("early"));
        rig.settle();
        assertThat(here.events).isEmpty();

        rig.television.accept(rig.television.requests.get(0));
        rig.settle();
        assertThat(here.events).containsExactly("open");
        assertThat(rig.television.incoming.get(0).events).containsExactly("STRING early");
    }

    @Test
    void refusingEndsTheSessionAsNotNeeded() {
        rig.television.accepts = false;
        rig.dialKnown();
        rig.laptop.request(Rig.ORIGIN);
        rig.settle();
        rig.television.requests.get(0).refuse();
        rig.settle();
        assertThat(rig.laptop.closed).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
        assertThat(rig.laptop.closedConnections).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
    }

    @Test
    void aSecondConnectionIsUnavailableUntilTheFirstIsClosed() {
        rig.dialKnown();
        rig.laptop.request(Rig.ORIGIN);
        assertThat(rig.laptop.request("https://other.example")).isCompletedExceptionally();
        rig.laptop.connection().close();
        assertThat(rig.laptop.closedConnections).containsExactly(SessionCloseReason.CLOSED_HERE);
        assertThat(rig.laptop.request("https://other.example")).isCompleted();
        assertThat(rig.laptop.closed).isEmpty();
    }

    @Test
    void whoWasDialledAndAsksFirstIsNotAskedAboutTheSameConnection() {
        rig.laptop.knows(rig.television);
        rig.television.knows(rig.laptop);
        rig.television.onSession = session -> rig.television.request(Rig.ORIGIN);
        rig.dial();
        rig.settle();
        assertThat(rig.television.connections).hasSize(1);
        assertThat(rig.television.requests).isEmpty();
    }

    @Test
    void whoWasDialledDoesNotAskWhileAPersonIsAskedAboutTheConnection() {
        rig.television.accepts = false;
        rig.dialKnown();
        assertThat(rig.television.request(Rig.ORIGIN)).isCompletedExceptionally();
        rig.television.accept(rig.television.requests.get(0));
        assertThatThrownBy(() -> rig.television.requests.get(0).accept("")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingAbortsTheChannelsAndLeavesTheSession() {
        rig.connectKnown();
        RecordingChannel here = new RecordingChannel();
        rig.laptop.connection().openDataChannel(0, "", "", here);
        rig.settle();
        rig.laptop.connection().close();
        rig.settle();
        assertThat(here.events).containsExactly("open", "ABORTED");
        assertThat(rig.television.incoming.get(0).events).containsExactly("ABORTED");
        assertThat(rig.laptop.closed).isEmpty();

        RecordingChannel late = new RecordingChannel();
        rig.television.connection().openDataChannel(1, "", "", late);
        rig.settle();
        assertThat(late.events).containsExactly("REFUSED");
    }

    @Test
    void noMessageAndNoKeyOfOriginsIsSentToAPeerThatDoesNotSayItKnowsThem() {
        RawPeer friend = friend(WITHOUT_ORIGINS);
        PeerConnection connection = rig.laptop.request(Rig.ORIGIN).join();
        connection.openDataChannel(0, "", "", new RecordingChannel());
        rig.settle();
        connection.close();
        rig.settle();
        assertThat(friend.received(DataChannelOpenRequest.class))
                .extracting(DataChannelOpenRequest::connection)
                .containsExactly(OptionalLong.empty());
        assertThat(friend.received).noneMatch(ConnectionMessage.class::isInstance);
        assertThat(rig.pair().client().endListener).isNull();
        rig.laptop.session().close(SessionCloseReason.CLOSED_HERE);
    }

    static Stream<Message> messagesOfOrigins() {
        return Stream.of(
                new Lp2pConnectRequest(0, Rig.ORIGIN, ""),
                Lp2pConnectResponse.unavailable(0),
                new Lp2pCloseEvent(1, Lp2pCloseEvent.CLOSED),
                new Lp2pStreamEnd(1, 1));
    }

    @ParameterizedTest
    @MethodSource("messagesOfOrigins")
    void aMessageOfOriginsFromAPeerThatDoesNotSayItKnowsThemIsOutOfPlace(Message message) {
        RawPeer friend = friend(WITHOUT_ORIGINS);
        friend.send(message);
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @ParameterizedTest
    @MethodSource("messagesOfOrigins")
    void alsoIfItComesBeforeThePeerIntroducesItself(Message message) {
        rig.laptop.knows(rig.television);
        rig.connect();
        RawPeer friend = new RawPeer(rig.pair().server(), rig.allocator);
        rig.laptop.start(rig.pair().client(), null, null);
        friend.send(message);
        rig.settle();
        assertThat(rig.laptop.sessions).isEmpty();
        assertThat(rig.pair().server().isClosed()).isFalse();
        friend.send(new AgentInfoResponse(0, new AgentInfo("Friend", "", WITHOUT_ORIGINS, "abcdefgh", List.of())));
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    /** The laptop's friend, who is no session. */
    private RawPeer friend(Set<Long> capabilities) {
        rig.laptop.knows(rig.television);
        rig.connect();
        RawPeer friend = new RawPeer(rig.pair().server(), rig.allocator);
        rig.laptop.start(rig.pair().client(), null, null);
        friend.send(new AgentInfoResponse(0, new AgentInfo("Friend", "", capabilities, "abcdefgh", List.of())));
        rig.settle();
        return friend;
    }

    private ByteBuf text(String text) {
        return DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode(text));
    }
}
