package dev.lp2p.osp.agent;

import dev.lp2p.osp.quic.QuicSettings;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;

/** How much a UDP datagram carries on the interfaces that an agent uses. */
final class LinkPayload {

    /** The larger of the IP headers, IPv6's, and UDP's. */
    private static final int HEADER_BYTES = 40 + 8;

    private LinkPayload() {}

    /**
     * Named interfaces are asked for their MTU, the smallest counts; what cannot be known is taken for ordinary. A peer with
     * a smaller MTU says so in the handshake.
     */
    static int of(Set<String> interfaces) {
        return interfaces.stream().mapToInt(LinkPayload::of).min().orElse(QuicSettings.DEFAULT_UDP_PAYLOAD);
    }

    private static int of(String interfaceName) {
        try {
            NetworkInterface found = NetworkInterface.getByName(interfaceName);
            if (found != null) {
                int payload = found.getMTU() - HEADER_BYTES;
                return Math.max(QuicSettings.MIN_UDP_PAYLOAD, Math.min(payload, QuicSettings.MAX_UDP_PAYLOAD));
            }
        } catch (SocketException gone) {
            // It can come back with another MTU.
        }
        return QuicSettings.DEFAULT_UDP_PAYLOAD;
    }
}
