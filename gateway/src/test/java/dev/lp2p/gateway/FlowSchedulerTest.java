package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowSchedulerTest {

    private final EmbeddedChannel socket = new EmbeddedChannel();
    private final PageLink link = new PageLink(socket);
    private final FlowScheduler scheduler = new FlowScheduler(link);
    private final List<String> events = new ArrayList<>();

    FlowSchedulerTest() {
        link.beforeFlush(scheduler::pump);
        socket.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1 << 20, 2 << 20));
    }

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    @Test
    void framesOfFlowsLeaveInTurn() {
        OutgoingFlow one = new OutgoingFlow(scheduler, 1);
        OutgoingFlow two = new OutgoingFlow(scheduler, 3);
        add(one, Limits.SOCKET_WINDOW);
        add(two, Limits.SOCKET_WINDOW);
        sent();
        one.grant(Limits.FLOW_WINDOW);
        two.grant(Limits.FLOW_WINDOW);

        scheduler.grant(Limits.SOCKET_WINDOW);
        assertThat(sent()).containsExactly("1", "3", "1", "3");
    }

    @Test
    void aFlowStopsWithoutCreditAndOthersGoOn() {
        OutgoingFlow one = new OutgoingFlow(scheduler, 1);
        add(one, 2 * Limits.FLOW_WINDOW);
        add(new OutgoingFlow(scheduler, 3), 1);
        assertThat(sent()).containsExactly("1", "3", "1");

        one.grant(Limits.FRAME_BYTES);
        assertThat(sent()).containsExactly("1");
    }

    @Test
    void theSocketStopsAllWithoutCredit() {
        for (int number = 1; number < 9; number += 2) {
            add(new OutgoingFlow(scheduler, number), Limits.FLOW_WINDOW);
        }
        assertThat(sent()).hasSize(Limits.SOCKET_WINDOW / Limits.FRAME_BYTES);

        scheduler.grant(Limits.FRAME_BYTES);
        assertThat(sent()).hasSize(1);
    }

    @Test
    void partsOfOneStreamShareAFrameAndMessagesDoNot() {
        OutgoingFlow stream = new OutgoingFlow(scheduler, 1);
        OutgoingFlow channel = new OutgoingFlow(scheduler, 3);
        for (int i = 0; i < 3; i++) {
            stream.add(
                    FrameKind.STREAM, FrameKind.STREAM, ByteBuffer.allocate(100), (left, isLast) -> events.add("left"));
            channel.add(FrameKind.BINARY_PART, FrameKind.BINARY, ByteBuffer.allocate(100), (left, isLast) -> {});
        }
        stream.add(FrameKind.STREAM_END, FrameKind.STREAM_END, ByteBuffer.allocate(0), (left, isLast) -> {});

        assertThat(sent()).containsExactly("1", "3", "1", "3", "3");
        assertThat(events).hasSize(3);
    }

    @Test
    void sharedPartsLeaveAsFarAsCreditGoes() {
        OutgoingFlow stream = new OutgoingFlow(scheduler, 1);
        add(stream, Limits.FLOW_WINDOW);
        sent();
        for (int i = 0; i < 3; i++) {
            add(stream, 100);
        }
        assertThat(sent()).isEmpty();

        stream.grant(150);
        assertThat(sent()).containsExactly("1");
        assertThatThrownBy(() -> stream.grant(Limits.FLOW_WINDOW + 1)).isInstanceOf(ProtocolViolation.class);
        stream.grant(150);
        assertThat(sent()).containsExactly("1");
    }

    @Test
    void afterTheEndOfAFlowNothingOfItIsSentOrHappens() {
        OutgoingFlow flow = new OutgoingFlow(scheduler, 1);
        flow.end();
        add(flow, 10);
        flow.afterAll(() -> events.add("after"));

        assertThat(sent()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void aFaultAtTheEndOfATurnDoesNotSilenceTheSocket() {
        link.beforeFlush(() -> {
            throw new IllegalStateException("a fault");
        });
        link.sendFrame(FrameKind.DATAGRAM, 1, ByteBuffer.allocate(1));
        assertThatThrownBy(() -> {
                    socket.runPendingTasks();
                    socket.checkException();
                })
                .hasMessage("a fault");
        assertThat(sent()).containsExactly("1");

        link.beforeFlush(() -> {});
        link.sendFrame(FrameKind.DATAGRAM, 1, ByteBuffer.allocate(1));
        assertThat(sent()).containsExactly("1");
    }

    @Test
    void whatHappensAfterAMessageWaitsForItsLastFrame() {
        OutgoingFlow flow = new OutgoingFlow(scheduler, 1);
        add(flow, Limits.FLOW_WINDOW + 1);
        flow.afterAll(() -> events.add("after"));
        sent();
        assertThat(events).isEmpty();

        flow.grant(1);
        sent();
        assertThat(events).containsExactly("after");
    }

    @Test
    void whatHappensAfterTheLastFrameDoesNotWaitForCreditThatOthersWant() {
        for (int number = 3; number < 11; number += 2) {
            add(new OutgoingFlow(scheduler, number), Limits.FRAME_BYTES + 1);
        }
        OutgoingFlow flow = new OutgoingFlow(scheduler, 1);
        flow.add(FrameKind.STREAM_END, FrameKind.STREAM_END, ByteBuffer.allocate(0), (left, isLast) -> {});
        flow.afterAll(() -> events.add("after"));

        assertThat(sent()).containsExactly("3", "5", "7", "9", "1");
        assertThat(events).containsExactly("after");
    }

    @Test
    void moreCreditThanWasUsedIsAViolation() {
        OutgoingFlow flow = new OutgoingFlow(scheduler, 1);
        add(flow, 10);
        sent();

        assertThatThrownBy(() -> flow.grant(11)).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> scheduler.grant(11)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void whatIsSentBeyondCreditIsNoted() {
        List<Long> given = new ArrayList<>();
        IncomingWindow window = new IncomingWindow(100, given::add);
        window.receive(100);
        assertThatThrownBy(() -> window.receive(1)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void creditIsGivenInLumpsAndCountsOnlyOnceItIsGiven() {
        List<Long> given = new ArrayList<>();
        IncomingWindow window = new IncomingWindow(100, given::add);
        window.receive(90);
        window.use(49);
        assertThat(given).isEmpty();
        assertThatThrownBy(() -> window.receive(11)).isInstanceOf(ProtocolViolation.class);

        window.use(1);
        assertThat(given).containsExactly(50L);
    }

    private void add(OutgoingFlow flow, int bytes) {
        flow.add(FrameKind.BLOB_PART, FrameKind.BLOB_PART, ByteBuffer.allocate(bytes), (left, isLast) -> {});
    }

    /** The flows of the frames that left. */
    private List<String> sent() {
        socket.runPendingTasks();
        List<String> flows = new ArrayList<>();
        for (BinaryWebSocketFrame frame = socket.readOutbound(); frame != null; frame = socket.readOutbound()) {
            ByteBuf content = frame.content();
            flows.add(String.valueOf(content.getUnsignedInt(1)));
            frame.release();
        }
        return flows;
    }
}
