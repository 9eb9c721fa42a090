package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import dev.lp2p.osp.session.SessionCloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LP2PConnectionTest {

    private final ConnectionFixture fixture = new ConnectionFixture(true);
    private final List<String> events = fixture.events;

    @Test
    void thePeersNicknameIsItsWordsWithoutWhatTurnsTextAround() {
        assertThat(fixture.connection.nickname()).isEqualTo("Screen");
    }

    @Test
    void thePeersNameIsShownWithoutCharactersThatDeceive() {
        assertThat(fixture.connection.peer()).isEqualTo(new Peer("Living Room", ConnectionFixture.fingerprint(1)));
    }

    @Test
    void theRequesterChoosesEvenIdsAndTheAcceptorOddOnes() {
        ConnectionFixture acceptor = new ConnectionFixture(false);

        assertThat(IntStream.range(0, 3)
                        .map(i -> fixture.connection.createDataChannel("c").id()))
                .containsExactly(0, 2, 4);
        assertThat(IntStream.range(0, 3)
                        .map(i -> acceptor.connection.createDataChannel("c").id()))
                .containsExactly(1, 3, 5);
    }

    @Test
    void aGivenIdIsTakenUntilItsChannelHasClosed() {
        LP2PDataChannelInit seven = new LP2PDataChannelInit("", 7);
        fixture.connection.createDataChannel("first", seven);
        fixture.settle();

        assertThatThrownBy(() -> fixture.connection.createDataChannel("second", seven))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.OPERATION_ERROR));

        fixture.wire().end(Reason.CLOSED);
        assertThat(fixture.connection.createDataChannel("second", seven).id()).isEqualTo(7);
    }

    @Test
    void theIdOfAChannelThatHasJustClosedIsNotChosenSoon() {
        LP2PDataChannel closed = fixture.openChannel();
        fixture.wire().listener().onClosed(Reason.CLOSED);
        fixture.settle();
        assertThat(closed.readyState()).isEqualTo(LP2PDataChannel.ReadyState.CLOSED);

        assertThat(fixture.connection.createDataChannel("next").id()).isNotEqualTo(closed.id());
    }

    @Test
    void anIdOfAChannelThatThePeerMadeIsNotChosen() {
        fixture.wires.open(0, "theirs");

        assertThat(fixture.connection.createDataChannel("ours").id()).isEqualTo(2);
    }

    @Test
    void aChannelOfThePeerWaitsForTheListenerWithItsMessages() {
        FakeDataChannel wire = fixture.wires.open(1, "theirs");
        wire.receive("early");
        fixture.settle();
        assertThat(events).isEmpty();

        fixture.connection.onDataChannel(event -> {
            LP2PDataChannel channel = event.channel();
            events.add("channel " + channel.label() + " " + channel.readyState());
            fixture.record(channel);
        });
        fixture.settle();

        assertThat(events).containsExactly("channel theirs OPEN", "message early");
    }

    @Test
    void aChannelThatIsClosedBeforeItWasSeenDeliversAllTheSame() {
        FakeDataChannel wire = fixture.wires.open(1, "theirs");
        wire.receive("all");
        wire.listener().onClosing();
        wire.end(Reason.CLOSED);

        fixture.connection.onDataChannel(event -> fixture.record(event.channel()));
        fixture.settle();

        assertThat(events).containsExactly("message all", "closing CLOSING", "close CLOSED");
    }

    @Test
    void channelsThatNobodyHasTakenYetAreFewAndTheOthersAreCutOff() {
        for (int i = 0; i < ConnectionChannels.MAX_UNANNOUNCED_CHANNELS; i++) {
            fixture.wires.open(2 * i + 1, "theirs");
        }
        FakeDataChannel tooMany = fixture.wires.open(1001, "too many");
        fixture.settle();
        assertThat(tooMany.aborted).isTrue();

        fixture.connection.onDataChannel(event -> events.add(event.channel().label()));
        fixture.settle();
        FakeDataChannel afterwards = fixture.wires.open(1003, "afterwards");
        fixture.settle();

        assertThat(afterwards.aborted).isFalse();
        assertThat(events)
                .hasSize(ConnectionChannels.MAX_UNANNOUNCED_CHANNELS + 1)
                .endsWith("afterwards");
    }

    @Test
    void aChannelWithAnIdThatIsInUseHereIsCutOff() {
        fixture.connection.createDataChannel("ours", new LP2PDataChannelInit("", 5));

        FakeDataChannel theirs = fixture.wires.open(5, "theirs");
        theirs.receive("to nobody");
        fixture.settle();

        assertThat(theirs.aborted).isTrue();
    }

    @Test
    void closingLetsEachChannelEndInOrderBeforeTheConnection() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.connection.onClose(reason -> events.add("closed " + reason));

        channel.send("last");
        fixture.connection.close();
        fixture.settle();
        assertThat(fixture.wire().sent).containsExactly("last");
        assertThat(fixture.wire().closed).isTrue();
        assertThat(fixture.wires.closed).isFalse();

        fixture.wire().end(Reason.CLOSED);
        fixture.settle();
        assertThat(fixture.wires.closed).isTrue();
        assertThat(events).containsExactly("ended", "closed CLOSED_HERE");
    }

    @Test
    void aPeerThatDoesNotCloseItsChannelsIsNotWaitedForLongerThanTheClosingTime() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.connection.close();
        fixture.settle();

        fixture.loop.advance(LP2PConnectionImpl.CLOSING_TIME);
        fixture.settle();

        assertThat(fixture.wires.closed).isTrue();
        assertThat(channel.readyState()).isEqualTo(LP2PDataChannel.ReadyState.CLOSED);
    }

    @Test
    void aClosedConnectionMakesNoChannels() {
        fixture.connection.close();

        assertThatThrownBy(() -> fixture.connection.createDataChannel("late"))
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR));
    }

    @Test
    void theEndOfTheSessionEndsEveryChannelWithItsReason() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);
        fixture.connection.onClose(reason -> events.add("closed " + reason));
        fixture.settle();
        events.clear();

        fixture.wires.end(SessionCloseReason.NETWORK_LOST);
        fixture.settle();

        assertThat(events)
                .containsExactlyInAnyOrder("ended", "error NETWORK_ERROR", "close CLOSED", "closed NETWORK_LOST");
    }

    @Test
    void forgettingTheDeviceIsSeenAsRevoked() {
        fixture.wires.end(SessionCloseReason.FORGOTTEN);
        fixture.connection.onClose(reason -> events.add("closed " + reason));
        fixture.settle();

        assertThat(events).containsExactly("ended", "closed REVOKED");
    }

    @Test
    void channelsThatNobodyEverAskedForAreReleasedWithTheConnection() {
        FakeDataChannel wire = fixture.wires.open(1, "theirs");
        wire.receive("never read");

        fixture.wires.end(SessionCloseReason.CLOSED_BY_PEER);
        fixture.settle();
        fixture.connection.onDataChannel(event -> events.add("channel"));
        fixture.settle();

        assertThat(events).containsExactly("ended");
    }

    @Test
    void theStateSaysWhetherItIsOpenClosesOrIsClosed() {
        fixture.openChannel();
        assertThat(fixture.connection.readyState()).isEqualTo(LP2PConnection.ReadyState.OPEN);

        fixture.connection.close();
        assertThat(fixture.connection.readyState()).isEqualTo(LP2PConnection.ReadyState.CLOSING);

        fixture.settle();
        fixture.wire().end(Reason.CLOSED);
        assertThat(fixture.connection.readyState()).isEqualTo(LP2PConnection.ReadyState.CLOSED);
    }

    @Test
    void aConnectionThatNothingIsSentOnClosesAfterTheUserWasAsked() {
        fixture.connection.onClose(reason -> events.add("closed " + reason));

        fixture.loop.advance(
                LP2PSettings.DEFAULT_IDLE_TIME.minus(IdleWatch.NOTICE).minusMillis(1));
        assertThat(events).isEmpty();
        fixture.loop.advance(Duration.ofMillis(1));
        assertThat(events).containsExactly("extend?");
        fixture.loop.advance(IdleWatch.NOTICE);
        fixture.settle();

        assertThat(events).containsExactly("extend?", "ended", "closed IDLE");
        assertThat(fixture.wires.closed).isTrue();
        assertThat(fixture.owner.extension).isCancelled();
    }

    @Test
    void anIdleConnectionStaysForAnotherWhileIfTheUserSaysSo() {
        fixture.loop.advance(LP2PSettings.DEFAULT_IDLE_TIME.minusSeconds(1));
        fixture.owner.extension.complete(true);
        fixture.owner.extension = new CompletableFuture<>();

        fixture.loop.advance(LP2PSettings.DEFAULT_IDLE_TIME.minusSeconds(1));
        assertThat(events).containsExactly("extend?", "extend?");
        fixture.owner.extension.complete(false);
        fixture.loop.advance(Duration.ofSeconds(1));
        fixture.settle();

        assertThat(events).containsExactly("extend?", "extend?", "ended");
    }

    @Test
    void whateverIsSentOrReceivedKeepsAConnectionOpenAndTakesTheQuestionBack() {
        LP2PDataChannel channel = fixture.openChannel();
        Duration almost = LP2PSettings.DEFAULT_IDLE_TIME.minusSeconds(1);

        fixture.loop.advance(almost);
        assertThat(events).containsExactly("extend?");
        channel.send("something");
        fixture.loop.advance(Duration.ofSeconds(1));
        assertThat(fixture.owner.extension).isCancelled();

        fixture.owner.extension = new CompletableFuture<>();
        fixture.loop.advance(almost.minusSeconds(2));
        fixture.wire().receive("something");
        fixture.loop.advance(almost);
        fixture.connection.touch();
        fixture.loop.advance(almost);
        fixture.settle();

        assertThat(fixture.connection.readyState()).isEqualTo(LP2PConnection.ReadyState.OPEN);
    }

    @Test
    void onlyALostNetworkAndAProgramThatWantsItBringReconnection() {
        ConnectionFixture unwanted = new ConnectionFixture(true);
        unwanted.wires.end(SessionCloseReason.NETWORK_LOST);
        ConnectionFixture closed = new ConnectionFixture(true);
        closed.connection.onReconnect(event -> {});
        closed.wires.end(SessionCloseReason.CLOSED_BY_PEER);

        fixture.connection.onReconnect(event -> {});
        fixture.settle();
        fixture.wires.end(SessionCloseReason.NETWORK_LOST);

        assertThat(events).containsExactly("ended", "reconnect");
        assertThat(unwanted.events).containsExactly("ended");
        assertThat(closed.events).containsExactly("ended");
    }

    @Test
    void aProgramMayAskForReconnectionWhenItSeesTheEndAndCloseEndsIt() {
        fixture.connection.onClose(reason -> fixture.connection.onReconnect(event -> {}));
        fixture.wires.end(SessionCloseReason.NETWORK_LOST);
        fixture.settle();
        assertThat(events).containsExactly("ended", "reconnect");

        fixture.connection.close();
        fixture.settle();

        assertThat(events).containsExactly("ended", "reconnect", "no reconnect");
    }
}
