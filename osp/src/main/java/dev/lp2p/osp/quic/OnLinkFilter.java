package dev.lp2p.osp.quic;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.util.function.Predicate;

/** Drops datagrams from outside the local network before any of it is parsed. */
final class OnLinkFilter extends ChannelInboundHandlerAdapter {

    private final Predicate<InetAddress> onLink;
    private final UnreadBudget budget;

    OnLinkFilter(Predicate<InetAddress> onLink, UnreadBudget budget) {
        this.onLink = onLink;
        this.budget = budget;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        if (onLink.test(datagram.sender().getAddress())) {
            budget.onReceived(datagram.content().readableBytes());
            context.fireChannelRead(datagram);
        } else {
            datagram.release();
        }
    }
}
