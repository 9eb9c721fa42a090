package dev.lp2p.osp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.osp.message.Lp2pStreamEnd;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.transport.EndListener;
import dev.lp2p.osp.transport.SimulatedConnection;
import dev.lp2p.osp.transport.SimulatedConnectionPair.Conditions;
import dev.lp2p.osp.transport.StreamListener;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SentEndsTest {

    private final Rig rig = new Rig(1);

    @Test
    void eachSideOfASessionHearsWhichStreamsOfTheOtherEnded() {
        rig.dialKnown();
        SimulatedConnection laptop = rig.pair().client();
        SimulatedConnection television = rig.pair().server();
        ends(laptop).onEndSentApart(4, 7);
        ends(laptop).onEndSentApart(0, 1L << 40);
        ends(television).onEndSentApart(1, 1);
        rig.settle();
        assertThat(television.peerEnds).containsExactly(List.of(4L, 7L), List.of(0L, 1L << 40));
        assertThat(laptop.peerEnds).containsExactly(List.of(1L, 1L));
    }

    @Test
    void endsForAPeerThatReadsNonePileUpToACap() {
        rig.conditions = new Conditions(Duration.ofMillis(1), Duration.ZERO, 1000, 0);
        rig.connect();
        AtomicInteger overflows = new AtomicInteger();
        SentEnds ends = new SentEnds(
                () -> rig.pair().client().openUnidirectional(new StreamListener() {}),
                rig.allocator,
                overflows::incrementAndGet);
        int bytes = 0;
        while (bytes <= SentEnds.MAX_WAITING_BYTES) {
            ends.onEndSentApart(4, 7);
            bytes += messageBytes();
        }
        assertThat(overflows).hasValue(0);
        ends.onEndSentApart(4, 7);
        assertThat(overflows).hasValue(1);
    }

    private int messageBytes() {
        ByteBuf encoded = MessageWriter.encode(rig.allocator, new Lp2pStreamEnd(4, 7));
        int bytes = encoded.readableBytes();
        encoded.release();
        return bytes;
    }

    private static EndListener ends(SimulatedConnection connection) {
        return Objects.requireNonNull(connection.endListener);
    }
}
