package dev.lp2p.osp.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelayedAckTest {

    private final DelayedAck ack = new DelayedAck();
    private final Codec codec = new Codec();
    private final EmbeddedChannel socket = new EmbeddedChannel(ack, codec);

    @BeforeEach
    void timePassesOnlyWhereATestSaysSo() {
        socket.freezeTime();
    }

    @AfterEach
    void close() {
        socket.finish();
    }

    @Test
    void theAcknowledgementOfASmallMessageWaitsForWhatIsSentNext() {
        receive(100, true);

        assertThat(codec.acknowledgements).isZero();

        ack.onSending();
        ack.onSending();

        assertThat(codec.acknowledgements).isOne();
    }

    @Test
    void itDoesNotWaitForTwoTurnsOfTheTimer() {
        receive(100, true);
        pass(4);
        assertThat(codec.acknowledgements).isZero();

        pass(1);

        assertThat(codec.acknowledgements).isOne();
    }

    @Test
    void aMessageThatCameWhileTheTimerRanHasATurnOfItsOwn() {
        receive(100, true);
        ack.onSending();
        pass(4);
        receive(100, true);
        pass(4);
        assertThat(codec.acknowledgements).isOne();

        pass(5);

        assertThat(codec.acknowledgements).isEqualTo(2);
    }

    @Test
    void theSecondMessageIsAcknowledgedAtOnceAndTheFirstWithIt() {
        receive(100, true);
        receive(100, true);

        assertThat(codec.acknowledgements).isOne();

        receive(100, true);

        assertThat(codec.acknowledgements).isOne();
    }

    @Test
    void whatIsLargeIsAcknowledgedAtOnce() {
        receive(1200, true);

        assertThat(codec.acknowledgements).isOne();
    }

    @Test
    void whatCarriesNothingForAProgramIsHandledAtOnceForThereMayBeMoreToSend() {
        receive(40, false);

        assertThat(codec.acknowledgements).isOne();

        receive(100, true);
        receive(40, false);

        assertThat(codec.acknowledgements).isEqualTo(2);
    }

    @Test
    void whatIsSentWhileItIsReadChangesNothing() {
        receive(100, true);
        codec.sendsWhileReading = true;

        receive(100, true);

        assertThat(codec.acknowledgements).isOne();
    }

    private void receive(int bytes, boolean isForSomebody) {
        codec.isForSomebody = isForSomebody;
        socket.writeInbound(new DatagramPacket(Unpooled.buffer(bytes).writeZero(bytes), new InetSocketAddress(1)));
    }

    private void pass(long milliseconds) {
        socket.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        socket.runScheduledPendingTasks();
    }

    /** In the place of the library's. */
    private final class Codec extends ChannelInboundHandlerAdapter {

        private int acknowledgements;
        private boolean isForSomebody;
        private boolean sendsWhileReading;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
            if (isForSomebody) {
                ack.onDelivery();
            }
            if (sendsWhileReading) {
                ack.onSending();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            acknowledgements++;
        }
    }
}
