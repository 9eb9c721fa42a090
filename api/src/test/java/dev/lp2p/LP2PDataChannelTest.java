package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.LP2PDataChannel.ReadyState;
import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.message.MessageReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LP2PDataChannelTest {

    private final ConnectionFixture fixture = new ConnectionFixture(true);
    private final List<String> events = fixture.events;

    @Test
    void aChannelOpensOnceThePeerAcceptsIt() {
        LP2PDataChannel channel = fixture.connection.createDataChannel("chat", new LP2PDataChannelInit("v1", null));
        fixture.record(channel);
        fixture.settle();
        assertThat(channel.readyState()).isEqualTo(ReadyState.CONNECTING);
        assertThat(fixture.wire().label()).isEqualTo("chat");
        assertThat(fixture.wire().protocol()).isEqualTo("v1");

        fixture.wire().listener().onOpen();
        fixture.settle();

        assertThat(channel.readyState()).isEqualTo(ReadyState.OPEN);
        assertThat(events).containsExactly("open");
    }

    @Test
    void sendingBeforeOpenIsAnInvalidState() {
        LP2PDataChannel channel = fixture.connection.createDataChannel("chat");

        assertThatThrownBy(() -> channel.send("early"))
                .isInstanceOfSatisfying(LP2PException.class, e -> assertThat(e.name())
                        .isEqualTo(LP2PException.Name.INVALID_STATE_ERROR))
                .hasMessageContaining("wait for its event open");
    }

    @Test
    void aListenerThatComesAfterItsEventStillHearsIt() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.wire().receive("early");
        fixture.settle();

        fixture.record(channel);
        fixture.settle();

        assertThat(events).containsExactly("open", "message early");
    }

    @Test
    void messagesLeaveInOrderWithOneWakeOfTheLoop() {
        LP2PDataChannel channel = fixture.openChannel();
        int before = fixture.loop.pendingTasks();

        channel.send("one");
        channel.send(bytes("two"));
        channel.send(ByteBuffer.wrap(bytes("-three-"), 1, 5));

        assertThat(fixture.loop.pendingTasks()).isEqualTo(before + 1);
        fixture.settle();
        assertThat(fixture.wire().sent).containsExactly("one", "two", "three");
    }

    @Test
    void sendingLeavesTheCallersBufferAsItWas() {
        LP2PDataChannel channel = fixture.openChannel();
        ByteBuffer data = ByteBuffer.wrap(bytes("data"));

        channel.send(data);
        data.put(0, (byte) 'X');
        fixture.settle();

        assertThat(data.position()).isZero();
        assertThat(fixture.wire().sent).containsExactly("data");
    }

    @Test
    void messagesThatTheTransportHasNotTakenAreCountedAlsoEmptyOnes() {
        LP2PDataChannel channel = fixture.openChannel();
        channel.send("");
        channel.send("1");
        fixture.settle();
        assertThat(channel.unsentMessages()).isEqualTo(2);

        fixture.wire().take(Frames.HEADER);
        assertThat(channel.unsentMessages()).isOne();
        fixture.wire().take(Frames.HEADER + 1);
        assertThat(channel.unsentMessages()).isZero();
    }

    @Test
    void theBufferedAmountIsThePayloadThatTheTransportHasNotTaken() {
        LP2PDataChannel channel = fixture.openChannel();

        channel.send("12345");
        assertThat(channel.bufferedAmount()).isEqualTo(5);
        channel.send("678");
        fixture.settle();
        assertThat(channel.bufferedAmount()).isEqualTo(8);

        fixture.wire().take(Frames.HEADER + 2);
        assertThat(channel.bufferedAmount()).isEqualTo(6);
        fixture.wire().take(3 + Frames.HEADER);
        assertThat(channel.bufferedAmount()).isEqualTo(3);
        fixture.wire().take(3);
        assertThat(channel.bufferedAmount()).isZero();
    }

    @Test
    void bufferedAmountLowFiresWhenTheAmountFallsToTheThresholdAndNotAgainBelowIt() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);
        channel.setBufferedAmountLowThreshold(4);
        channel.send("123456");
        fixture.settle();
        events.clear();

        fixture.wire().take(Frames.HEADER + 1);
        fixture.settle();
        assertThat(events).isEmpty();
        fixture.wire().take(1);
        fixture.settle();
        assertThat(events).containsExactly("low 4");
        fixture.wire().take(4);
        fixture.settle();
        assertThat(events).containsExactly("low 4");
    }

    @Test
    void theThresholdIsZeroAtFirstAndWhatWasSetAfterwards() {
        LP2PDataChannel channel = fixture.openChannel();
        assertThat(channel.bufferedAmountLowThreshold()).isZero();

        channel.setBufferedAmountLowThreshold(7);

        assertThat(channel.bufferedAmountLowThreshold()).isEqualTo(7);
        assertThatThrownBy(() -> channel.setBufferedAmountLowThreshold(-1))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.TYPE_ERROR));
    }

    @Test
    void halfASurrogatePairIsReplacedAsInAPage() {
        LP2PDataChannel channel = fixture.openChannel();

        channel.send("a\uD83D b\uDCFA \uD83D\uDCFA");
        fixture.settle();

        assertThat(fixture.wire().sent).containsExactly("a\uFFFD b\uFFFD \uD83D\uDCFA");
    }

    @Test
    void namesThatNoFrameCanCarryAreATypeError() {
        String longest = "é".repeat(LP2PDataChannelInit.MAX_NAME_BYTES / 2);
        assertThat(new LP2PDataChannelInit(longest, null).protocol()).isEqualTo(longest);
        String tooLong = longest + "é";

        assertThatThrownBy(() -> new LP2PDataChannelInit(tooLong, null))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.TYPE_ERROR))
                .hasMessageContaining("choose a shorter one");
        assertThatThrownBy(() -> fixture.connection.createDataChannel(tooLong))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.TYPE_ERROR));
    }

    @Test
    void aMessageOverTheLimitIsATypeErrorAndNothingIsSent() {
        LP2PDataChannel channel = fixture.openChannel();

        assertThatThrownBy(() -> channel.send(new byte[LP2PDataChannel.MAX_MESSAGE_BYTES + 1]))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.TYPE_ERROR));

        assertThat(channel.bufferedAmount()).isZero();
    }

    @Test
    void aProgramThatDoesNotWaitForThePeerIsToldBeforeMemoryRunsOut() {
        LP2PDataChannel channel = fixture.openChannel();
        byte[] large = new byte[LP2PDataChannel.MAX_MESSAGE_BYTES];
        for (int i = 0; i < 4; i++) {
            channel.send(large);
        }

        assertThatThrownBy(() -> channel.send("one more"))
                .isInstanceOfSatisfying(
                        LP2PException.class, e -> assertThat(e.name()).isEqualTo(LP2PException.Name.OPERATION_ERROR))
                .hasMessageContaining("bufferedamountlow");

        assertThat(channel.bufferedAmount()).isEqualTo(LP2PDataChannel.MAX_BUFFERED_AMOUNT);
        fixture.settle();
    }

    @Test
    void textAndBytesArriveAsWhatTheyWereSent() {
        LP2PDataChannel channel = fixture.openChannel();
        List<MessageData> received = new ArrayList<>();
        channel.onMessage(received::add);

        fixture.wire().receive("größer 📺");
        fixture.wire().receive(DataEncoding.ARRAY_BUFFER, new byte[] {1, 2});
        fixture.settle();

        assertThat(received)
                .containsExactly(
                        new MessageData.Text("größer 📺"), new MessageData.Binary(ByteBuffer.wrap(new byte[] {1, 2})));
    }

    @Test
    void aProgramThatDoesNotReturnStopsTheReadingUntilHalfTheWindowIsFree() {
        LP2PDataChannel channel = fixture.openChannel();
        FakeDataChannel wire = fixture.wire();

        wire.receive(DataEncoding.ARRAY_BUFFER, new byte[ConnectionFixture.WINDOW]);
        assertThat(wire.reading).isTrue();
        wire.receive(DataEncoding.ARRAY_BUFFER, new byte[1]);
        assertThat(wire.reading).isFalse();

        fixture.settle();
        assertThat(wire.reading).isFalse();
        fixture.record(channel);
        fixture.settle();
        assertThat(events).containsExactly("open", "message 100 bytes", "message 1 bytes");
        assertThat(wire.reading).isTrue();
    }

    @Test
    void emptyMessagesThatNobodyTakesStopTheReadingAsWell() {
        fixture.openChannel();
        FakeDataChannel wire = fixture.wire();

        wire.receive(DataEncoding.ARRAY_BUFFER, new byte[0]);
        assertThat(wire.reading).isTrue();
        wire.receive(DataEncoding.ARRAY_BUFFER, new byte[0]);

        assertThat(wire.reading).isFalse();
    }

    @Test
    void largeMessagesThatWaitOnManyChannelsEndThoseThatMakeItTooMuchAndNoOther() {
        int largest = MessageReader.DEFAULT_MAX_PAYLOAD_BYTES;
        int fitting = (int) (ChannelsWindow.MAX_HELD_BYTES / largest);
        ByteBuf large = Unpooled.directBuffer(largest).writeZero(largest);
        List<FakeDataChannel> wires = new ArrayList<>();
        for (int i = 0; i < fitting + 4; i++) {
            fixture.openChannel();
            FakeDataChannel wire = fixture.wire();
            wires.add(wire);
            wire.listener().onMessage(DataEncoding.ARRAY_BUFFER, large.retainedDuplicate());
        }
        LP2PDataChannel modest = fixture.openChannel();
        fixture.record(modest);
        fixture.wire().receive("small");
        fixture.settle();

        assertThat(wires.stream().filter(wire -> wire.aborted)).hasSize(5);
        assertThat(wires.subList(0, fitting - 1)).noneMatch(wire -> wire.aborted);
        assertThat(events).endsWith("message small");
        assertThat(fixture.wire().aborted).isFalse();
        large.release();
    }

    @Test
    void aListenerThatFailsMissesNoLaterMessage() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.wire().receive("first");
        fixture.wire().receive("second");

        channel.onMessage(data -> {
            events.add(ConnectionFixture.text(data));
            throw new IllegalStateException("a bug of the program");
        });
        fixture.settle();

        assertThat(events).containsExactly("first", "second");
    }

    @Test
    void aChannelThatThePeerClosesDeliversEverythingBeforeClosing() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);

        fixture.wire().receive("last");
        fixture.wire().listener().onClosing();
        fixture.wire().end(Reason.CLOSED);
        fixture.settle();

        assertThat(events).containsExactly("open", "message last", "closing CLOSING", "close CLOSED");
    }

    @Test
    void whatWasSentBeforeThePeerClosedStillLeaves() {
        LP2PDataChannel channel = fixture.openChannel();

        channel.send("answer");
        fixture.wire().listener().onClosing();

        assertThat(fixture.wire().sent).containsExactly("answer");
    }

    @Test
    void closingHereSendsWhatWasSentBeforeAndThenFiresCloseOnly() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);
        fixture.settle();
        events.clear();

        channel.send("last");
        channel.close();
        assertThat(channel.readyState()).isEqualTo(ReadyState.CLOSING);
        assertThatThrownBy(() -> channel.send("later")).isInstanceOf(LP2PException.class);
        fixture.settle();
        assertThat(fixture.wire().sent).containsExactly("last");
        assertThat(fixture.wire().closed).isTrue();
        assertThat(events).isEmpty();

        fixture.wire().receive("too late");
        fixture.wire().take(fixture.wire().pendingBytes());
        fixture.wire().end(Reason.CLOSED);
        fixture.settle();
        assertThat(events).containsExactly("low 0", "close CLOSED");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CLOSED", "ABORTED"})
    void whatWasSentAndDidNotLeaveIsAnErrorAtTheEnd(Reason reason) {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);
        fixture.settle();
        events.clear();

        channel.send("last");
        channel.close();
        fixture.settle();
        fixture.wire().end(reason);
        fixture.settle();

        assertThat(events).containsExactly("error OPERATION_ERROR", "close CLOSED");
    }

    @Test
    void whatIsSentWhileThePeerClosesGoesNowhereAndIsAnErrorAtTheEnd() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);
        fixture.settle();
        events.clear();

        fixture.wire().listener().onClosing();
        channel.send("too late");
        fixture.settle();
        fixture.wire().end(Reason.CLOSED);
        fixture.settle();

        assertThat(fixture.wire().sent).isEmpty();
        assertThat(channel.bufferedAmount()).isEqualTo("too late".length());
        assertThat(events).containsExactly("closing CLOSING", "error OPERATION_ERROR", "close CLOSED");
    }

    @Test
    void aChannelClosedBeforeItOpensNeverOpens() {
        LP2PDataChannel channel = fixture.connection.createDataChannel("chat");
        fixture.record(channel);

        channel.close();
        fixture.settle();
        fixture.wire().listener().onOpen();
        fixture.wire().end(Reason.CLOSED);
        fixture.settle();

        assertThat(events).containsExactly("close CLOSED");
    }

    @Test
    void aRefusedChannelSaysSoAndCloses() {
        LP2PDataChannel channel = fixture.connection.createDataChannel("chat");
        fixture.record(channel);
        fixture.settle();

        fixture.wire().end(Reason.REFUSED);
        fixture.settle();

        assertThat(events).containsExactly("error OPERATION_ERROR", "close CLOSED");
    }

    @Test
    void aLostNetworkIsANetworkErrorAfterWhatHadArrived() {
        LP2PDataChannel channel = fixture.openChannel();
        fixture.record(channel);

        fixture.wire().receive("made it");
        fixture.wire().end(Reason.NETWORK_LOST);
        fixture.settle();

        assertThat(events).containsExactly("open", "message made it", "error NETWORK_ERROR", "close CLOSED");
    }

    @Test
    void framesThatComeToTheLoopAfterTheEndAreReleased() {
        LP2PDataChannel channel = fixture.openChannel();

        channel.send("lost");
        fixture.wire().end(Reason.NETWORK_LOST);
        fixture.settle();

        assertThat(fixture.wire().sent).isEmpty();
        assertThat(channel.readyState()).isEqualTo(ReadyState.CLOSED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
