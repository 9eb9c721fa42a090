package dev.lp2p.gateway;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import dev.lp2p.gateway.GatewayMessage.FromAgent;
import dev.lp2p.gateway.GatewayMessage.FromPage;
import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page's channel. */
final class PageChannel extends Thing {

    private final PageConnection connection;
    private final LP2PDataChannel channel;
    private final OutgoingFlow flow;
    private final ChannelFromPage fromPage;
    private final ChannelToPage toPage;
    private @Nullable LP2PException error;

    PageChannel(PageSession session, PageConnection connection, long number, LP2PDataChannel channel) {
        super(Category.CHANNEL, session, number);
        this.connection = connection;
        this.channel = channel;
        this.flow = session.newFlow(number);
        this.fromPage = new ChannelFromPage(session, this, channel);
        this.toPage = new ChannelToPage(session, channel, flow);
    }

    /** Once the page knows of it. */
    void begin() {
        channel.onOpen(() -> session.run(
                () -> flow.afterAll(() -> session.send(new FromAgent.ChannelOpened(number, channel.id())))));
        channel.onBufferedAmountLow(() -> session.run(fromPage::settle));
        channel.onError(failure -> session.run(() -> error = failure));
        channel.onClosing(
                () -> session.run(() -> flow.afterAll(() -> session.send(new FromAgent.ChannelClosing(number)))));
        channel.onClose(() -> session.run(() -> flow.afterAll(this::closed)));
        if (session.isFull()) {
            toPage.pause();
        }
        channel.onMessage(toPage::accept);
    }

    @Override
    void receive(FromPage message) {
        if (message instanceof FromPage.ChannelClose) {
            fromPage.end();
            drop();
            channel.close();
        } else if (message instanceof FromPage.ChannelAbort) {
            fromPage.abort();
            toPage.end();
            session.remove(this);
            connection.partIsGone(this);
        } else if (message instanceof FromPage.Credit credit) {
            flow.grant(credit.bytes());
        } else {
            throw notForThis(message);
        }
    }

    @Override
    void receiveFrame(FrameKind kind, ByteBuf payload) {
        fromPage.receive(kind, payload);
    }

    @Override
    void giveRest() {
        fromPage.giveRest();
    }

    @Override
    void recount() {
        fromPage.recount();
    }

    @Override
    void stopReading() {
        toPage.pause();
    }

    @Override
    void readOn() {
        toPage.readOn();
    }

    @Override
    void abandon() {
        fromPage.close();
        toPage.end();
    }

    /** The page wants no more messages. */
    void drop() {
        toPage.drop();
    }

    /** There is room for its large message now. */
    void gatherOn() {
        fromPage.settle();
    }

    private void closed() {
        fromPage.close();
        toPage.end();
        session.remove(this);
        session.send(
                new FromAgent.ChannelClosed(number, Optional.ofNullable(error).map(PageErrors::of)));
        connection.partIsGone(this);
    }
}
