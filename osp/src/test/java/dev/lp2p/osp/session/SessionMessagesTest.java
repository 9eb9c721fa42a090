package dev.lp2p.osp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.datachannel.RecordingChannel;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoEvent;
import dev.lp2p.osp.message.AgentInfoRequest;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.message.AgentStatusRequest;
import dev.lp2p.osp.message.AgentStatusResponse;
import dev.lp2p.osp.message.AuthCapabilities;
import dev.lp2p.osp.message.AuthSpake2Confirmation;
import dev.lp2p.osp.message.AuthStatus;
import dev.lp2p.osp.message.AuthStatusResult;
import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.DataChannelOpenResponse;
import dev.lp2p.osp.message.Lp2pCloseEvent;
import dev.lp2p.osp.message.Lp2pConnectRequest;
import dev.lp2p.osp.message.Lp2pConnectResponse;
import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.message.ResultCode;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session says and hears beside authentication and data channels. */
class SessionMessagesTest {

    private static final AgentInfo STRANGER = new AgentInfo("Stranger", "", Set.of(), "abcdefgh", List.of());

    private final Rig rig = new Rig(1);

    @AfterEach
    void nothingIsLeftBehind() {
        rig.loop.advance(Duration.ofSeconds(1));
        assertThat(rig.leakedBytes()).isZero();
    }

    /** A peer that the television does not know dials it. */
    private RawPeer stranger() {
        rig.connect();
        rig.television.start(rig.pair().server(), Rig.TOKEN, null);
        RawPeer stranger = new RawPeer(rig.pair().client(), rig.allocator);
        rig.settle();
        return stranger;
    }

    /** A peer that the television knows dials it, and introduces itself. */
    private RawPeer friend() {
        rig.television.knows(rig.laptop);
        RawPeer friend = stranger();
        friend.send(new AgentInfoResponse(0, STRANGER));
        rig.settle();
        assertThat(rig.television.sessions).hasSize(1);
        return friend;
    }

    @Test
    void aStrangerIsToldEverythingButTheUsersLanguages() {
        RawPeer stranger = stranger();
        stranger.send(new AgentInfoRequest(7));
        rig.settle();
        AgentInfoResponse response = stranger.received(AgentInfoResponse.class).get(0);
        assertThat(response.requestId()).isEqualTo(7);
        assertThat(response.agentInfo().displayName()).isEqualTo("Living Room");
        assertThat(response.agentInfo().locales()).isEmpty();
        assertThat(stranger.received(AuthCapabilities.class)).hasSize(1);
    }

    @Test
    void aFriendIsToldTheLanguagesAndAskedForNoCapabilities() {
        RawPeer friend = friend();
        friend.send(new AgentInfoRequest(7));
        rig.settle();
        assertThat(friend.received(AgentInfoResponse.class).get(0).agentInfo().locales())
                .containsExactly("de");
        assertThat(friend.received(AuthCapabilities.class)).isEmpty();
    }

    @Test
    void whoBecomesKnownIsToldTheLanguagesThen() {
        rig.dial();
        rig.settle();
        rig.laptop.prompts.enter(rig.television.prompts.lastShown());
        rig.settle();
        assertThat(rig.laptop.session().peerInfo().locales()).containsExactly("de");
        assertThat(rig.television.session().peerInfo().locales()).containsExactly("de");
    }

    static Stream<Message> onlyForFriends() {
        return Stream.of(
                new DataChannelOpenRequest(0, 0, "", ""),
                new DataChannelOpenResponse(0, ResultCode.SUCCESS),
                new Lp2pConnectRequest(0, Rig.ORIGIN, ""),
                Lp2pConnectResponse.accepted(0, 0, ""),
                new Lp2pCloseEvent(0, Lp2pCloseEvent.CLOSED),
                new Lp2pStreamEnd(1, 1));
    }

    @ParameterizedTest
    @MethodSource("onlyForFriends")
    void whatOnlyAnAuthenticatedPeerMaySendClosesTheConnection(Message message) {
        RawPeer stranger = stranger();
        stranger.send(message);
        rig.settle();
        assertThat(stranger.closed().errorCode()).isEqualTo(CloseCode.NOT_AUTHENTICATED);
        assertThat(rig.television.failure()).isEqualTo(Kind.PROTOCOL_ERROR);
    }

    @Test
    void aDataFrameOfAStrangerClosesTheConnection() {
        RawPeer stranger = stranger();
        stranger.sendBytes(DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode("hello")));
        rig.settle();
        assertThat(stranger.closed().errorCode()).isEqualTo(CloseCode.NOT_AUTHENTICATED);
    }

    @Test
    void aDataChannelOfAStrangerClosesTheConnection() {
        RawPeer stranger = stranger();
        stranger.openChannelStream(new DataChannelOpenRequest(0, 0, "", ""));
        rig.settle();
        assertThat(stranger.closed().errorCode()).isEqualTo(CloseCode.NOT_AUTHENTICATED);
        assertThat(rig.television.incoming).isEmpty();
    }

    @Test
    void aPeerThatIsForgottenIsAStrangerFromThatMomentOn() {
        RawPeer friend = friend();
        rig.television.peers.remove(rig.laptop.fingerprint);
        friend.openChannelStream(new DataChannelOpenRequest(0, 0, "", ""));
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.NOT_AUTHENTICATED);
        assertThat(rig.television.incoming).isEmpty();
    }

    @Test
    void whatIsOpenWithAPeerThatAnotherProcessForgotEndsAtTheNextTick() {
        RawPeer friend = friend();
        rig.television.peers.remove(rig.laptop.fingerprint);
        for (int i = 0; i < 4; i++) {
            friend.send(new AgentStatusRequest(i));
            rig.loop.advance(KeepAlive.INTERVAL.dividedBy(4));
        }
        rig.settle();
        assertThat(friend.connection.isClosed()).isTrue();
        assertThat(rig.television.closed).containsExactly(SessionCloseReason.FORGOTTEN);
        assertThat(rig.loop.pendingTasks()).isZero();
    }

    @Test
    void whatAForgottenPeerStillSaysOfItselfDoesNotBringItBack() {
        RawPeer friend = friend();
        rig.television.peers.remove(rig.laptop.fingerprint);
        friend.send(new AgentInfoEvent(STRANGER));
        rig.settle();
        assertThat(rig.television.hasKnown(rig.laptop)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUnknownTypeKeyClosesWith404AndTheKeyInTheReason(boolean known) {
        RawPeer peer = known ? friend() : stranger();
        peer.sendBytes(Unpooled.wrappedBuffer(new byte[] {0x7b, (byte) 0xbd, (byte) 0xa0}));
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.UNKNOWN_TYPE_KEY);
        assertThat(peer.closed().reason()).isEqualTo(Integer.toString(0x3bbd));
    }

    @Test
    void garbageAndMessagesCutShortCloseTheConnection() {
        RawPeer peer = stranger();
        peer.sendBytes(Unpooled.wrappedBuffer(new byte[] {10, (byte) 0xff, 1, 2, 3}));
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);

        peer = stranger();
        ByteBuf message = MessageWriter.encode(rig.allocator, new AgentStatusRequest(1000));
        peer.sendBytes(message.readRetainedSlice(message.readableBytes() - 1));
        message.release();
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        assertThat(rig.television.failures).hasSize(2);
    }

    @Test
    void aStrangerCanNeitherOpenManyStreamsNorSendManyMessages() {
        RawPeer peer = stranger();
        for (int i = 0; i <= EarlyMessages.MAX_STREAMS_BEFORE_AUTHENTICATION; i++) {
            peer.send(new AgentStatusRequest(i));
        }
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.TOO_MANY);

        peer = stranger();
        ByteBuf many = rig.allocator.buffer();
        for (int i = 0; i <= EarlyMessages.MAX_MESSAGES_BEFORE_AUTHENTICATION; i++) {
            ByteBuf one = MessageWriter.encode(rig.allocator, new AgentStatusRequest(i));
            many.writeBytes(one);
            one.release();
        }
        peer.sendBytes(many);
        rig.settle();
        assertThat(peer.closed().errorCode()).isEqualTo(CloseCode.TOO_MANY);
    }

    @Test
    void aFriendThatDoesNotIntroduceItselfCannotSendManyMessagesEither() {
        rig.television.knows(rig.laptop);
        RawPeer friend = stranger();
        for (int i = 0; i <= EarlyMessages.MAX_MESSAGES_BEFORE_AUTHENTICATION; i++) {
            friend.send(new AgentInfoRequest(i));
        }
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.TOO_MANY);
    }

    @Test
    void aFriendMaySendAsMuchAsItLikes() {
        RawPeer friend = friend();
        for (int i = 0; i < 10 * EarlyMessages.MAX_MESSAGES_BEFORE_AUTHENTICATION; i++) {
            friend.send(new AgentStatusRequest(i));
        }
        rig.settle();
        assertThat(friend.connection.isClosed()).isFalse();
        assertThat(friend.received(AgentStatusResponse.class))
                .hasSize(10 * EarlyMessages.MAX_MESSAGES_BEFORE_AUTHENTICATION);
    }

    @Test
    void aStrangerThatNeverAuthenticatesIsClosedAsNotNeeded() {
        RawPeer stranger = stranger();
        rig.loop.advance(Greeting.TIMEOUT);
        assertThat(stranger.closed().errorCode()).isEqualTo(CloseCode.NOT_NEEDED);
        assertThat(rig.television.failures).hasSize(1);
    }

    @Test
    void aFriendThatSaysNothingOfItselfIsClosedAsNotNeeded() {
        rig.television.knows(rig.laptop);
        RawPeer silent = stranger();
        rig.loop.advance(Greeting.TIMEOUT);
        assertThat(silent.closed().errorCode()).isEqualTo(CloseCode.NOT_NEEDED);
        assertThat(rig.television.sessions).isEmpty();
    }

    @Test
    void messagesOfAuthenticationBeforeTheIntroductionWaitInABoundedPlace() {
        RawPeer stranger = stranger();
        for (int i = 0; i < 5; i++) {
            stranger.send(new AuthSpake2Confirmation(new byte[32]));
        }
        rig.settle();
        assertThat(stranger.closed().errorCode()).isEqualTo(CloseCode.TOO_MANY);
    }

    @ParameterizedTest
    @EnumSource(AuthStatusResult.class)
    void aStatusOutOfTheBlueAuthenticatesNobody(AuthStatusResult result) {
        RawPeer stranger = stranger();
        stranger.send(new AgentInfoResponse(0, STRANGER), new AuthStatus(result));
        rig.settle();
        assertThat(rig.television.sessions).isEmpty();
        assertThat(rig.television.peers.list()).isEmpty();
    }

    @Test
    void aPeerThatForgotUsMayAskForAuthenticationLater() {
        RawPeer friend = friend();
        friend.send(new AuthCapabilities(90, Set.of(), 20));
        rig.settle();
        assertThat(friend.received(AuthCapabilities.class)).hasSize(1);
        assertThat(friend.connection.isClosed()).isFalse();
    }

    @Test
    void aChangeOfThePeersIntroductionIsHeardAndRemembered() {
        RawPeer friend = friend();
        friend.send(new AgentInfoEvent(new AgentInfo("Renamed", "", Set.of(), "abcdefgh", List.of())));
        rig.settle();
        assertThat(rig.television.session().peerInfo().displayName()).isEqualTo("Renamed");
        friend.connection.close(0, "");
        rig.settle();
        assertThat(rig.television.peers.list().get(0).displayName()).isEqualTo("Renamed");
    }

    @Test
    void aFriendThatKeepsChangingItsNameIsWrittenDownOnceATick() {
        RawPeer friend = friend();
        for (int i = 1; i <= 100; i++) {
            friend.send(new AgentInfoEvent(new AgentInfo("Name " + i, "", Set.of(), "abcdefgh", List.of())));
        }
        rig.settle();
        // Streams have no order.
        String heardLast = rig.television.session().peerInfo().displayName();
        assertThat(heardLast).startsWith("Name ");
        assertThat(rig.television.peers.list().get(0).displayName()).isEqualTo("Stranger");
        rig.loop.advance(KeepAlive.INTERVAL);
        assertThat(rig.television.peers.list().get(0).displayName()).isEqualTo(heardLast);
    }

    @Test
    void aChangeOfAStrangersIntroductionIsNotRemembered() {
        RawPeer stranger = stranger();
        stranger.send(new AgentInfoEvent(STRANGER));
        rig.settle();
        assertThat(rig.television.peers.list()).isEmpty();
    }

    @Test
    void aSessionStaysAliveThoughNothingIsSaidOnIt() {
        rig.dialKnown();
        rig.loop.advance(Duration.ofMinutes(5));
        assertThat(rig.laptop.closed).isEmpty();
        assertThat(rig.television.closed).isEmpty();
    }

    @Test
    void aPeerIsAskedForItsStatusOnlyIfNothingWasHeardOfIt() {
        RawPeer friend = friend();
        for (int i = 0; i < 20; i++) {
            friend.send(new AgentStatusRequest(i));
            rig.loop.advance(KeepAlive.TICK.dividedBy(2));
        }
        assertThat(friend.received(AgentStatusRequest.class)).isEmpty();
        rig.loop.advance(KeepAlive.TICK.multipliedBy(KeepAlive.TICKS_TO_ASK + 1));
        assertThat(friend.received(AgentStatusRequest.class)).hasSize(1);
    }

    @Test
    void aPeerThatAnswersNothingButAcknowledgesIsThere() {
        RawPeer friend = friend();
        rig.loop.advance(Duration.ofMinutes(5));
        assertThat(friend.received(AgentStatusRequest.class)).hasSizeGreaterThan(20);
        assertThat(rig.television.closed).isEmpty();
        rig.television.session().close(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void closingASessionClosesAsNotNeededAndThePeerHearsSo() {
        rig.dialKnown();
        rig.laptop.session().close(SessionCloseReason.CLOSED_HERE);
        rig.settle();
        assertThat(rig.laptop.closed).containsExactly(SessionCloseReason.CLOSED_HERE);
        assertThat(rig.television.closed).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
        ConnectionCloseReason reason = rig.pair().server().closeReason();
        assertThat(reason).isNotNull();
        assertThat(reason.errorCode()).isEqualTo(5139);
        assertThat(rig.loop.pendingTasks()).isZero();
    }

    @Test
    void aReplacedSessionSaysSoAndAForgottenPeerIsNotTold() {
        rig.dialKnown();
        rig.laptop.session().close(SessionCloseReason.REPLACED);
        rig.settle();
        assertThat(rig.television.closed).containsExactly(SessionCloseReason.REPLACED);

        Rig other = new Rig(2);
        other.dialKnown();
        other.laptop.session().close(SessionCloseReason.FORGOTTEN);
        other.settle();
        assertThat(other.laptop.closed).containsExactly(SessionCloseReason.FORGOTTEN);
        assertThat(other.television.closed).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
    }

    @Test
    void aPeerThatBreaksTheProtocolLosesItsSession() {
        RawPeer friend = friend();
        friend.sendBytes(Unpooled.wrappedBuffer(new byte[] {10, (byte) 0xff}));
        rig.settle();
        assertThat(rig.television.closed).containsExactly(SessionCloseReason.PROTOCOL_ERROR);
        assertThat(rig.television.failures).isEmpty();
    }

    @Test
    void aLostNetworkEndsSessionAndChannels() {
        rig.connectKnown();
        RecordingChannel channel = new RecordingChannel();
        rig.laptop.connection().openDataChannel(0, "", "", channel);
        rig.settle();
        rig.pair().cut();
        rig.loop.advance(Duration.ofSeconds(11));
        assertThat(rig.laptop.closed).isEmpty();
        rig.loop.advance(Duration.ofSeconds(2).plusMillis(1));
        assertThat(rig.laptop.closed).containsExactly(SessionCloseReason.NETWORK_LOST);
        assertThat(channel.events).containsExactly("open", Reason.NETWORK_LOST.name());
        assertThat(rig.television.incoming.get(0).events).containsExactly(Reason.NETWORK_LOST.name());
        // The connections of the test notice as well.
        rig.loop.advance(Duration.ofSeconds(15));
        assertThat(rig.loop.pendingTasks()).isZero();
    }

    @Test
    void whoIsHeldForLostHearsSoIfItHearsAnything() {
        RawPeer friend = friend();
        rig.television.session().close(SessionCloseReason.NETWORK_LOST);
        rig.settle();
        assertThat(CloseCode.toSessionReason(friend.closed())).isEqualTo(SessionCloseReason.NETWORK_LOST);
    }

    @Test
    void whoListensLateHearsOfTheEnd() {
        rig.laptop.listens = false;
        rig.dialKnown();
        rig.television.session().close(SessionCloseReason.CLOSED_HERE);
        rig.settle();
        rig.laptop.session().setListener(rig.laptop.sessionListener);
        assertThat(rig.laptop.closed).containsExactly(SessionCloseReason.CLOSED_BY_PEER);
    }

    @Test
    void aSessionThatIsNoneYetAsksForNoConnection() {
        rig.connect();
        Session session = rig.laptop.start(rig.pair().client(), Rig.TOKEN, null);
        assertThatThrownBy(() -> session.requestConnection(Rig.ORIGIN, "")).isInstanceOf(IllegalStateException.class);
        rig.television.start(rig.pair().server(), Rig.TOKEN, null);
        rig.settle();
        session.close(SessionCloseReason.CLOSED_HERE);
        rig.settle();
        assertThat(rig.laptop.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
        assertThat(rig.laptop.prompts.isAsking()).isFalse();
        assertThat(rig.television.failure()).isEqualTo(Kind.AUTHENTICATION_CANCELLED);
    }
}
