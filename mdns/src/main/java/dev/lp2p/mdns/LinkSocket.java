package dev.lp2p.mdns;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** A socket on the mDNS port, in the mDNS group of one address family on one interface. */
final class LinkSocket implements AutoCloseable {

    /** Packets that are looked at before another socket, or a scan of the interfaces, has its turn. */
    static final int MAX_PACKETS_A_TURN = 256;

    private final LocalInterface link;
    private final DatagramChannel channel;
    private final InetSocketAddress group;
    private final Echoes echoes = new Echoes();

    LinkSocket(LocalInterface link, DatagramChannel channel, InetSocketAddress group) {
        this.link = link;
        this.channel = channel;
        this.group = group;
    }

    static LinkSocket open(LocalInterface link, StandardProtocolFamily family, Selector selector) throws IOException {
        NetworkInterface network = NetworkInterface.getByIndex(link.index());
        if (network == null) {
            throw new SocketException("The interface " + link.name() + " is gone");
        }
        boolean v6 = family == StandardProtocolFamily.INET6;
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            // Other programs on this host speak mDNS too: https://www.rfc-editor.org/rfc/rfc6762#section-15
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (channel.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT)) {
                channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            }
            channel.bind(new InetSocketAddress(v6 ? "::" : "0.0.0.0", Protocol.PORT));
            channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, true);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, Protocol.IP_TTL);
            InetAddress group = v6
                    ? Inet6Address.getByAddress(null, Protocol.GROUP_V6.getAddress(), link.index())
                    : Protocol.GROUP_V4;
            channel.join(group, network);
            channel.configureBlocking(false);
            LinkSocket socket = new LinkSocket(link, channel, new InetSocketAddress(group, Protocol.PORT));
            channel.register(selector, SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    LocalInterface link() {
        return link;
    }

    boolean isIpv6() {
        return group.getAddress() instanceof Inet6Address;
    }

    void multicast(byte[] packet) throws IOException {
        echoes.expect(packet);
        channel.send(ByteBuffer.wrap(packet), group);
    }

    void unicast(byte[] packet, InetSocketAddress to) throws IOException {
        channel.send(ByteBuffer.wrap(packet), to);
    }

    /** Hands over packets that wait, up to {@link #MAX_PACKETS_A_TURN}; those that we sent or that are too large are passed over. */
    void receive(ByteBuffer buffer, Transport.Receiver receiver) throws IOException {
        for (int i = 0; i < MAX_PACKETS_A_TURN; i++) {
            InetSocketAddress source = (InetSocketAddress) channel.receive(buffer.clear());
            if (source == null) {
                return;
            }
            // A socket of IPv6 may be handed packets of IPv4, which have a socket of their own.
            boolean ofFamily = source.getAddress() instanceof Inet6Address == isIpv6();
            if (!ofFamily || buffer.position() > Protocol.MAX_PACKET_BYTES) {
                continue;
            }
            byte[] data = new byte[buffer.flip().remaining()];
            buffer.get(data);
            if (!link.owns(source.getAddress()) || !echoes.take(data)) {
                receiver.onPacket(link.index(), source, data);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            Loop.LOG.log(System.Logger.Level.DEBUG, "A socket of multicast DNS did not close", e);
        }
    }
}
