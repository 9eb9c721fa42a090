package dev.lp2p.mdns;

import dev.lp2p.testkit.SimulatedLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A multicast link on simulated time: every packet reaches every other host on it after a millisecond, unless it is lost or
 * arrives twice. A recorder keeps what was sent.
 */
final class SimulatedLink {

    /** A packet as it was seen on the link. */
    record Seen(Instant time, InetAddress source, boolean multicast, DnsMessage message) {}

    private static final long DELAY_MILLIS = 1;

    private final SimulatedLoop loop;
    private final int index;
    private final RandomGenerator random;
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private double loss;
    private double duplication;

    SimulatedLink(SimulatedLoop loop, int index, long seed) {
        this.loop = loop;
        this.index = index;
        this.random = new Random(seed);
    }

    SimulatedLink withLoss(double share) {
        loss = share;
        return this;
    }

    SimulatedLink withDuplication(double share) {
        duplication = share;
        return this;
    }

    List<Seen> seen() {
        return seen;
    }

    List<Seen> seenFrom(InetAddress source) {
        return seen.stream().filter(each -> each.source().equals(source)).toList();
    }

    /** Lets a packet in from a host that is not simulated. */
    void inject(String source, int port, byte[] packet) {
        InetSocketAddress from = new InetSocketAddress(address(source), port);
        List.copyOf(attachments).forEach(to -> deliver(to, from, packet));
    }

    void inject(String source, DnsMessage message) {
        inject(source, Protocol.PORT, message.toWire());
    }

    static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void deliver(Attachment to, InetSocketAddress from, byte[] packet) {
        if (random.nextDouble() < loss) {
            return;
        }
        int copies = random.nextDouble() < duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            loop.schedule(() -> to.host.receive(this, from, packet), DELAY_MILLIS * (i + 1), TimeUnit.MILLISECONDS);
        }
    }

    private record Attachment(Host host, LocalInterface as) {}

    /** One host's end of one or more links. */
    static final class Host implements Transport {

        private final TreeMap<Integer, SimulatedLink> links = new TreeMap<>();
        private final TreeMap<Integer, LocalInterface> interfaces = new TreeMap<>();
        private Receiver receiver = new NoReceiver();
        private boolean unicast = true;

        /** Another program took the port: unicasts do not come here. */
        Host sharingItsPort() {
            unicast = false;
            return this;
        }

        Host attach(SimulatedLink link, String... addresses) {
            List<LocalInterface.Prefix> prefixes = new ArrayList<>();
            for (String address : addresses) {
                prefixes.add(
                        new LocalInterface.Prefix(SimulatedLink.address(address), address.contains(":") ? 64 : 24));
            }
            detachQuietly(link);
            LocalInterface as = new LocalInterface("sim" + link.index, link.index, false, prefixes);
            interfaces.put(link.index, as);
            links.put(link.index, link);
            link.attachments.add(new Attachment(this, as));
            report();
            return this;
        }

        void detach(SimulatedLink link) {
            detachQuietly(link);
            report();
        }

        InetAddress address() {
            return interfaces.firstEntry().getValue().addresses().get(0);
        }

        @Override
        public void start(Receiver newReceiver) {
            receiver = newReceiver;
            report();
        }

        @Override
        public void multicast(LocalInterface link, byte[] packet) {
            send(link, packet, null);
        }

        @Override
        public void unicast(LocalInterface link, byte[] packet, InetSocketAddress to) {
            send(link, packet, to.getAddress());
        }

        @Override
        public boolean receivesUnicast() {
            return unicast;
        }

        @Override
        public void close() {
            List.copyOf(links.values()).forEach(this::detachQuietly);
        }

        private void send(LocalInterface from, byte[] packet, @Nullable InetAddress only) {
            SimulatedLink link = links.get(from.index());
            if (link == null) {
                return;
            }
            InetAddress source = from.addresses().get(0);
            link.seen.add(new Seen(
                    link.loop.instant(),
                    source,
                    only == null,
                    DnsMessage.parse(packet).orElseThrow()));
            for (Attachment to : List.copyOf(link.attachments)) {
                if (to.host != this && (only == null || (to.as.owns(only) && to.host.unicast))) {
                    link.deliver(to, new InetSocketAddress(source, Protocol.PORT), packet);
                }
            }
        }

        private void receive(SimulatedLink link, InetSocketAddress source, byte[] packet) {
            if (links.containsKey(link.index)) {
                receiver.onPacket(link.index, source, packet);
            }
        }

        private void detachQuietly(SimulatedLink link) {
            links.remove(link.index);
            interfaces.remove(link.index);
            link.attachments.removeIf(attachment -> attachment.host == this);
        }

        private void report() {
            receiver.onInterfaces(new LocalInterfaces(List.copyOf(interfaces.values())));
        }

        private static final class NoReceiver implements Receiver {

            @Override
            public void onInterfaces(LocalInterfaces now) {}

            @Override
            public void onPacket(int interfaceIndex, InetSocketAddress source, byte[] packet) {}
        }
    }

    /** The time between two packets. */
    static Duration between(Seen first, Seen second) {
        return Duration.between(first.time(), second.time());
    }
}
