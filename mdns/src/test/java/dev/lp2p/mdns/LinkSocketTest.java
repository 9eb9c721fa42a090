package dev.lp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** On a port of its own on the loopback address. */
class LinkSocketTest {

    @Test
    void whoeverFloodsASocketGetsABoundedNumberOfPacketsATurn() throws IOException {
        try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                DatagramChannel flood = DatagramChannel.open(StandardProtocolFamily.INET)) {
            channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            channel.configureBlocking(false);
            InetSocketAddress address = (InetSocketAddress) channel.getLocalAddress();
            LinkSocket socket = new LinkSocket(new LocalInterface("lo", 1, true, List.of()), channel, address);
            Flooding receiver = new Flooding(flood, address);
            ByteBuffer buffer = ByteBuffer.allocate(Protocol.MAX_PACKET_BYTES + 1);

            receiver.send();
            socket.receive(buffer, receiver);

            assertThat(receiver.packets).hasSize(LinkSocket.MAX_PACKETS_A_TURN);
            receiver.enough = true;
            socket.receive(buffer, receiver);
            assertThat(receiver.packets).hasSize(LinkSocket.MAX_PACKETS_A_TURN + 1);
        }
    }

    /** Sends another packet for each that arrives, for longer than any turn may last. */
    private static final class Flooding implements Transport.Receiver {

        private final DatagramChannel channel;
        private final InetSocketAddress to;
        private final List<byte[]> packets = new ArrayList<>();
        private boolean enough;

        Flooding(DatagramChannel channel, InetSocketAddress to) {
            this.channel = channel;
            this.to = to;
        }

        void send() throws IOException {
            channel.send(ByteBuffer.wrap(new byte[] {1}), to);
        }

        @Override
        public void onPacket(int interfaceIndex, InetSocketAddress source, byte[] data) {
            packets.add(data);
            if (!enough && packets.size() < 2 * LinkSocket.MAX_PACKETS_A_TURN) {
                try {
                    send();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }

        @Override
        public void onInterfaces(LocalInterfaces interfaces) {
            throw new AssertionError("Nobody scans");
        }
    }
}
