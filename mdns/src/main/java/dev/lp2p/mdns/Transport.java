package dev.lp2p.mdns;

import java.net.InetSocketAddress;

/**
 * The edge to the network: carries packets to and from the mDNS groups of the interfaces in use.
 *
 * <p>Nothing in here throws because of the network: what cannot be sent is lost, as packets are.
 */
interface Transport extends AutoCloseable {

    /** Starts to look for interfaces and to receive; called once. */
    void start(Receiver receiver);

    /** Sends to the groups of every address family that the interface has. */
    void multicast(LocalInterface link, byte[] packet);

    /** Sends to one host on the interface's link, from the mDNS port. */
    void unicast(LocalInterface link, byte[] packet, InetSocketAddress to);

    /**
     * Whether packets to this host's mDNS port come here and not to another program that shares the port; where they
     * may not, nobody should be asked to answer by unicast.
     */
    boolean receivesUnicast();

    /** Returns when what was sent is with the operating system. */
    @Override
    void close();

    /** Called by the transport's own thread, which it must not hold up. */
    interface Receiver {

        /** The interfaces, or their addresses, are other ones than before. */
        void onInterfaces(LocalInterfaces interfaces);

        /** A packet came to the interface with the index; never one that this transport sent. */
        void onPacket(int interfaceIndex, InetSocketAddress source, byte[] packet);
    }
}
