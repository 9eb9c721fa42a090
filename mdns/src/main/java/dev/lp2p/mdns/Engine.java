package dev.lp2p.mdns;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One host's multicast DNS: takes interfaces and packets on the loop, and hands them to the two halves. */
final class Engine {

    private final Loop loop;
    private final Publisher publisher;
    private final Responder responder;
    private final Discovery discovery;
    private LocalInterfaces interfaces = new LocalInterfaces(List.of());
    private long dropped;

    Engine(Loop loop, Transport transport) {
        this.loop = loop;
        Sender sender = new Sender(loop, transport);
        this.publisher = new Publisher(loop, sender, transport::receivesUnicast);
        this.responder = new Responder(loop, sender, publisher);
        this.discovery = new Discovery(loop, sender, transport::receivesUnicast);
    }

    Publisher publisher() {
        return publisher;
    }

    Discovery discovery() {
        return discovery;
    }

    /** Packets that were not understood, or came from where none may come from. */
    long droppedPackets() {
        return dropped;
    }

    void onInterfaces(LocalInterfaces now) {
        loop.assertOnLoop();
        LocalInterfaces before = interfaces;
        interfaces = now;
        for (LocalInterface old : before.interfaces()) {
            if (now.byIndex(old.index()).isEmpty()) {
                responder.removeLink(old.index());
            }
        }
        publisher.onInterfaces(now);
        discovery.onInterfaces(now);
    }

    void onPacket(int interfaceIndex, InetSocketAddress source, byte[] packet) {
        loop.assertOnLoop();
        LocalInterface link = interfaces.byIndex(interfaceIndex).orElse(null);
        InetAddress address = source.getAddress();
        // https://www.rfc-editor.org/rfc/rfc6762#section-11
        if (link == null || !link.isOnLink(address)) {
            drop(source, "is not from the link");
            return;
        }
        Optional<DnsMessage> message = DnsMessage.parse(packet);
        if (message.isEmpty()) {
            drop(source, "is no message of multicast DNS");
        } else if (!message.get().response()) {
            onQuery(link, source, message.get());
        } else if (source.getPort() == Protocol.PORT) {
            onResponse(link, address, message.get());
        } else {
            drop(source, "is a response from another port"); // https://www.rfc-editor.org/rfc/rfc6762#section-6
        }
    }

    private void onQuery(LocalInterface link, InetSocketAddress source, DnsMessage query) {
        publisher.onProbe(link, query);
        responder.onQuery(link, source, query, interfaces.owns(source.getAddress()));
        discovery.onQuery(link, query);
    }

    private void onResponse(LocalInterface link, InetAddress source, DnsMessage response) {
        List<Resource> records = new ArrayList<>(response.answers());
        records.addAll(response.additionals());
        publisher.onResponse(link, records, interfaces.owns(source));
        responder.onResponse(link, response.answers());
        discovery.onResponse(link, source, records);
    }

    private void drop(InetSocketAddress source, String why) {
        dropped++;
        Loop.LOG.log(Level.TRACE, () -> "A packet of " + source + " " + why);
    }
}
