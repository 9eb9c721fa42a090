package dev.lp2p.osp.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannels;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import dev.lp2p.osp.datachannel.RecordingChannel;
import dev.lp2p.osp.message.AgentInfo;
import dev.lp2p.osp.message.AgentInfoResponse;
import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.DataChannelOpenResponse;
import dev.lp2p.osp.message.ResultCode;
import dev.lp2p.osp.transport.SimulatedConnectionPair.Conditions;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionChannelsTest {

    private final Rig rig = new Rig(1);
    private final RecordingChannel here = new RecordingChannel();

    @AfterEach
    void nothingIsLeftBehind() {
        rig.loop.advance(Duration.ofSeconds(1));
        assertThat(rig.leakedBytes()).isZero();
    }

    private ByteBuf text(String text) {
        return DataFrame.encode(rig.allocator, DataEncoding.STRING, UTF_8.encode(text));
    }

    private static ByteBuf chunk(ByteBufAllocator allocator, String text) {
        ByteBuf chunk = allocator.buffer().writeZero(DataFrame.CHUNK_HEAD_BYTES);
        chunk.writeCharSequence(text, UTF_8);
        DataFrame.setChunkHead(chunk);
        return chunk;
    }

    private DataChannel open(int id) {
        DataChannel channel = rig.laptop.connection().openDataChannel(id, "label", "protocol", here);
        here.channel = channel;
        return channel;
    }

    private RecordingChannel there() {
        return rig.television.incoming.get(rig.television.incoming.size() - 1);
    }

    private void opened() {
        rig.connectKnown();
        open(0);
        rig.settle();
        assertThat(here.events).containsExactly("open");
        here.events.clear();
    }

    /** The television's friend, who is no session. */
    private RawPeer friend() {
        rig.television.knows(rig.laptop);
        rig.connect();
        rig.television.start(rig.pair().server(), Rig.TOKEN, null);
        RawPeer friend = new RawPeer(rig.pair().client(), rig.allocator);
        friend.send(new AgentInfoResponse(0, new AgentInfo("Laptop", "", Set.of(), "abcdefgh", List.of())));
        rig.settle();
        return friend;
    }

    /** The laptop's friend, who is no session, and the channel that the laptop opened to it. */
    private RawPeer friendThatAccepts(TransportStream[] stream) {
        rig.laptop.knows(rig.television);
        rig.connect();
        List<TransportStream> incoming = new ArrayList<>();
        RawPeer friend = new RawPeer(rig.pair().server(), rig.allocator) {
            @Override
            public dev.lp2p.osp.transport.StreamListener onStream(TransportStream opened) {
                incoming.add(opened);
                return super.onStream(opened);
            }
        };
        rig.laptop.start(rig.pair().client(), null, null);
        friend.send(new AgentInfoResponse(0, new AgentInfo("Living Room", "", Set.of(), "abcdefgh", List.of())));
        rig.settle();
        rig.laptop.request(Rig.ORIGIN);
        open(0);
        rig.settle();
        stream[0] = incoming.stream()
                .filter(TransportStream::isBidirectional)
                .findFirst()
                .orElseThrow();
        return friend;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void messagesKeepTheirOrderAndBoundariesHoweverTheStreamIsCut(long seed) {
        Rig rough = new Rig(seed);
        rough.connectKnown();
        RecordingChannel sender = new RecordingChannel();
        DataChannel channel = rough.laptop.connection().openDataChannel(0, "", "", sender);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = "message " + i + " " + "x".repeat(rough.random.nextInt(400));
            channel.send(DataFrame.encode(rough.allocator, DataEncoding.STRING, UTF_8.encode(text)));
            expected.add("STRING " + text);
        }
        rough.loop.advance(Duration.ofMinutes(2));
        assertThat(rough.television.incoming.get(0).events).isEqualTo(expected);
        assertThat(sender.drained).isPositive();
        assertThat(channel.pendingBytes()).isZero();
        assertThat(rough.leakedBytes()).isZero();
    }

    @Test
    void allEncodingsAndTheEmptyMessageArrive() {
        opened();
        for (DataEncoding encoding : DataEncoding.values()) {
            here.channel().send(DataFrame.encode(rig.allocator, encoding, UTF_8.encode("")));
        }
        rig.settle();
        assertThat(there().events).containsExactly("blob of 0", "BLOB ", "STRING ", "ARRAY_BUFFER ");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aBlobArrivesWholeBetweenTheMessagesAroundItHoweverTheStreamIsCut(long seed) {
        Rig rough = new Rig(seed);
        rough.connectKnown();
        DataChannel channel = rough.laptop.connection().openDataChannel(0, "", "", new RecordingChannel());
        String part = "0123456789".repeat(1000);
        channel.send(DataFrame.encode(rough.allocator, DataEncoding.STRING, UTF_8.encode("before")));
        channel.send(DataFrame.encodeBlobStart(rough.allocator));
        for (int i = 0; i < 10; i++) {
            channel.send(chunk(rough.allocator, part));
        }
        channel.send(DataFrame.encodeBlobEnd(rough.allocator));
        channel.send(DataFrame.encode(rough.allocator, DataEncoding.STRING, UTF_8.encode("after")));
        rough.loop.advance(Duration.ofMinutes(2));
        assertThat(rough.television.incoming.get(0).events)
                .containsExactly("STRING before", "blob of any size", "BLOB " + part.repeat(10), "STRING after");
        assertThat(rough.leakedBytes()).isZero();
    }

    @Test
    void aBlobThatIsResetHasNoEndAndTheChannelSaysWhy() {
        opened();
        here.channel().send(DataFrame.encodeBlobStart(rig.allocator));
        here.channel().send(chunk(rig.allocator, "half"));
        rig.settle();
        here.channel().abort();
        rig.settle();
        assertThat(there().events).containsExactly("blob of any size", "ABORTED");
    }

    @Test
    void aBlobIsHeldBackWhileNobodyReads() {
        rig.conditions = Conditions.SMOOTH;
        opened();
        there().onMessage = () -> there().channel().setReading(false);
        here.channel().send(text("before"));
        here.channel().send(DataFrame.encodeBlobStart(rig.allocator));
        here.channel().send(chunk(rig.allocator, "blob"));
        here.channel().send(DataFrame.encodeBlobEnd(rig.allocator));
        rig.settle();
        assertThat(there().events).containsExactly("STRING before");
        there().channel().setReading(true);
        rig.settle();
        assertThat(there().events).containsExactly("STRING before", "blob of any size");
        there().channel().setReading(true);
        rig.settle();
        assertThat(there().events).containsExactly("STRING before", "blob of any size", "BLOB blob");
    }

    @Test
    void aPeerThatNeverAnswersButSendsIsOpen() {
        TransportStream[] stream = new TransportStream[1];
        RawPeer friend = friendThatAccepts(stream);
        assertThat(friend.received(DataChannelOpenRequest.class)).hasSize(1);
        stream[0].write(text("hello"));
        rig.settle();
        assertThat(here.events).containsExactly("open", "STRING hello");
    }

    @Test
    void anAnswerAfterTheFirstFrameBreaksTheProtocol() {
        TransportStream[] stream = new TransportStream[1];
        friendThatAccepts(stream);
        stream[0].write(text("hello"));
        stream[0].write(dev.lp2p.osp.message.MessageWriter.encode(
                rig.allocator, new DataChannelOpenResponse(0, ResultCode.SUCCESS)));
        rig.settle();
        assertThat(here.events).containsExactly("open", "STRING hello", "ABORTED");
        assertThat(rig.laptop.closed).containsExactly(SessionCloseReason.PROTOCOL_ERROR);
    }

    @Test
    void framesBeforeTheAnswerArriveAfterTheChannelIsKnown() {
        rig.connectKnown();
        open(0).send(text("early"));
        rig.settle();
        assertThat(there().events).containsExactly("STRING early");
        assertThat(there().channel().label()).isEqualTo("label");
        assertThat(there().channel().protocol()).isEqualTo("protocol");
        assertThat(there().channel().id()).isZero();
    }

    @Test
    void closingDeliversEverythingThenTellsBoth() {
        opened();
        here.channel().send(text("last"));
        here.channel().close();
        here.channel().send(text("too late"));
        rig.settle();
        assertThat(there().events).containsExactly("STRING last", "closing", "CLOSED");
        assertThat(here.events).containsExactly("CLOSED");
        assertThat(rig.pair().openStreams()).isZero();
    }

    @Test
    void theAcceptingSideMayCloseAsWell() {
        opened();
        there().channel().close();
        rig.settle();
        assertThat(here.events).containsExactly("closing", "CLOSED");
        assertThat(there().events).containsExactly("CLOSED");
    }

    @Test
    void bothClosingAtOnceIsNoClosing() {
        opened();
        here.channel().close();
        there().channel().close();
        rig.settle();
        assertThat(here.events).containsExactly("CLOSED");
        assertThat(there().events).containsExactly("CLOSED");
    }

    @Test
    void closingRightAfterOpeningStillOpensAndDelivers() {
        rig.connectKnown();
        DataChannel channel = open(0);
        channel.send(text("only"));
        channel.close();
        rig.settle();
        assertThat(there().events).containsExactly("STRING only", "closing", "CLOSED");
        assertThat(here.events).containsExactly("open", "CLOSED");
    }

    @Test
    void whatThePeerHadQueuedWhenWeCloseStillArrives() {
        opened();
        there().channel().send(text("queued"));
        here.channel().close();
        rig.settle();
        assertThat(here.events).containsExactly("STRING queued", "CLOSED");
    }

    @Test
    void abortingTellsBothAndDropsTheRest() {
        opened();
        here.channel().send(text("x".repeat(100_000)));
        here.channel().abort();
        here.channel().abort();
        here.channel().send(text("too late"));
        rig.settle();
        assertThat(here.events).containsExactly("ABORTED");
        assertThat(there().events).containsExactly("ABORTED");
        assertThat(here.channel().pendingBytes()).isZero();
        assertThat(rig.pair().openStreams()).isZero();
    }

    @Test
    void aSessionThatClosesAbortsItsChannels() {
        opened();
        rig.laptop.session().close(SessionCloseReason.CLOSED_HERE);
        rig.settle();
        assertThat(here.events).containsExactly("ABORTED");
        assertThat(there().events).containsExactly("ABORTED");
    }

    @Test
    void anIdInUseIsRefusedHereAndByThePeer() {
        // So that neither hears of the other's refusal before it refuses.
        rig.conditions = Conditions.SMOOTH;
        opened();
        assertThatThrownBy(() -> open(0)).isInstanceOf(IllegalArgumentException.class);
        RecordingChannel clash = new RecordingChannel();
        rig.television.connection().openDataChannel(1, "", "", new RecordingChannel());
        rig.laptop.connection().openDataChannel(1, "", "", clash).send(text("lost"));
        rig.settle();
        assertThat(clash.events).containsExactly("REFUSED");
        assertThat(rig.television.closed).isEmpty();
        assertThat(rig.television.incoming).hasSize(1);
    }

    @Test
    void anIdIsFreeAgainOnceItsChannelIsClosed() {
        opened();
        here.channel().close();
        rig.settle();
        open(0).send(text("again"));
        rig.settle();
        assertThat(there().events).containsExactly("STRING again");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, DataChannels.MAX_CHANNEL_ID + 1})
    void anIdOutOfRangeIsRefused(int id) {
        rig.connectKnown();
        assertThatThrownBy(() -> open(id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStreamThatDoesNotBeginWithARequestBreaksTheProtocol() {
        RawPeer friend = friend();
        friend.openChannelStream().write(text("hello"));
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);

        friend = friend();
        friend.openChannelStream().finish();
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
    }

    @Test
    void aSecondRequestOnAStreamBreaksTheProtocol() {
        RawPeer friend = friend();
        friend.openChannelStream(new DataChannelOpenRequest(0, 0, "", ""), new DataChannelOpenRequest(1, 1, "", ""));
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        assertThat(there().events).containsExactly("ABORTED");
    }

    @Test
    void aStreamThatEndsInsideAFrameBreaksTheProtocol() {
        RawPeer friend = friend();
        TransportStream stream = friend.openChannelStream(new DataChannelOpenRequest(0, 0, "", ""));
        ByteBuf frame = text("cut short");
        stream.write(frame.readRetainedSlice(frame.readableBytes() - 1));
        frame.release();
        stream.finish();
        rig.settle();
        assertThat(friend.closed().errorCode()).isEqualTo(CloseCode.PROTOCOL_ERROR);
        assertThat(there().events).containsExactly("ABORTED");
    }

    @Test
    void moreChannelsThanTheCapAreRefused() {
        RawPeer friend = friend();
        for (int id = 0; id <= DataChannels.MAX_CHANNELS; id++) {
            friend.openChannelStream(new DataChannelOpenRequest(id, id, "", ""));
        }
        rig.settle();
        assertThat(rig.television.incoming).hasSize(DataChannels.MAX_CHANNELS);
        assertThat(friend.received(DataChannelOpenResponse.class))
                .filteredOn(response -> response.result() == ResultCode.TRANSIENT_ERROR)
                .hasSize(1);
        rig.television.session().close(SessionCloseReason.CLOSED_HERE);
    }

    @Test
    void aThousandChannelsLiveSideBySide() {
        rig.connectKnown();
        List<RecordingChannel> channels = new ArrayList<>();
        for (int id = 0; id < 1000; id++) {
            RecordingChannel recording = new RecordingChannel();
            recording.channel = rig.laptop.connection().openDataChannel(id, "", "", recording);
            recording.channel().send(text("I am " + id));
            channels.add(recording);
        }
        rig.settle();
        assertThat(rig.television.incoming).hasSize(1000);
        for (RecordingChannel incoming : rig.television.incoming) {
            assertThat(incoming.events)
                    .containsExactly("STRING I am " + incoming.channel().id());
            incoming.channel().close();
        }
        rig.settle();
        assertThat(channels)
                .allSatisfy(channel -> assertThat(channel.events).containsExactly("open", "closing", "CLOSED"));
        assertThat(rig.pair().openStreams()).isZero();
    }

    @Test
    void aReaderThatStopsHoldsTheSenderBackAndLosesNothing() {
        rig.conditions = new Conditions(Duration.ofMillis(1), Duration.ofMillis(3), 5000, 16 * 1024);
        opened();
        there().channel().setReading(false);
        String kilobyte = "x".repeat(1000);
        for (int i = 0; i < 100; i++) {
            here.channel().send(text(kilobyte));
        }
        rig.settle();
        assertThat(there().events).isEmpty();
        assertThat(here.channel().pendingBytes()).isGreaterThan(80_000);
        there().channel().setReading(true);
        rig.settle();
        assertThat(there().events).hasSize(100);
        assertThat(here.channel().pendingBytes()).isZero();
    }

    @Test
    void stoppingInTheMiddleOfADeliveryStopsAtThatMessage() {
        rig.conditions = Conditions.SMOOTH;
        opened();
        there().onMessage = () -> there().channel().setReading(false);
        for (int i = 0; i < 3; i++) {
            here.channel().send(text("message " + i));
        }
        here.channel().close();
        rig.settle();
        assertThat(there().events).containsExactly("STRING message 0");
        there().channel().setReading(true);
        rig.settle();
        assertThat(there().events).containsExactly("STRING message 0", "STRING message 1");
        there().onMessage = () -> {
            there().channel().setReading(false);
            there().channel().setReading(true);
        };
        there().channel().setReading(true);
        rig.settle();
        assertThat(there().events)
                .containsExactly("STRING message 0", "STRING message 1", "STRING message 2", "closing", "CLOSED");
    }

    @Test
    void whatIsHeldBackIsReleasedWhenTheChannelEnds() {
        rig.conditions = Conditions.SMOOTH;
        opened();
        there().onMessage = () -> there().channel().setReading(false);
        for (int i = 0; i < 20; i++) {
            here.channel().send(text("message " + i));
        }
        rig.settle();
        there().channel().abort();
        rig.settle();
        assertThat(there().events).containsExactly("STRING message 0", "ABORTED");
    }

    @Test
    void channelsThatComeBeforeTheListenerWaitForIt() {
        rig.television.hears = false;
        rig.connectKnown();
        open(0).send(text("first"));
        rig.settle();
        assertThat(rig.television.incoming).isEmpty();
        rig.television.hear(rig.television.connection());
        rig.settle();
        assertThat(there().events).containsExactly("STRING first");
    }

    @Test
    void channelsOfASessionThatAnotherReplacesAreLostWithTheNetwork() {
        opened();
        rig.television.session().close(SessionCloseReason.REPLACED);
        rig.settle();
        assertThat(there().events).endsWith("NETWORK_LOST");
        assertThat(here.events).endsWith("NETWORK_LOST");
    }

    @Test
    void aPeerThatDisappearsInTheMiddleOfAFrameLeavesNothingBehind() {
        opened();
        here.channel().send(text("x".repeat(200_000)));
        rig.loop.advance(Duration.ofMillis(30));
        assertThat(here.channel().pendingBytes()).isPositive();
        rig.pair().cut();
        rig.loop.advance(Duration.ofSeconds(26));
        assertThat(there().events).containsExactly("NETWORK_LOST");
        assertThat(here.events).containsExactly("NETWORK_LOST");
    }
}
