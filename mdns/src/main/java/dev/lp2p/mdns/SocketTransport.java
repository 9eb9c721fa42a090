package dev.lp2p.mdns;

import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Real sockets, one for each interface and address family, and a thread that reads them and looks every few seconds which
 * interfaces there are.
 */
final class SocketTransport implements Transport {

    private static final Duration SCAN_INTERVAL = Duration.ofSeconds(2);

    private final InterfaceScanner scanner;
    private final Selector selector;
    private final boolean exclusive;
    private final List<LinkSocket> sockets = new CopyOnWriteArrayList<>();
    private final Set<String> complained = new HashSet<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Protocol.MAX_PACKET_BYTES + 1);
    private List<LocalInterface> reported = List.of();
    private @Nullable Thread thread;

    SocketTransport(Set<String> interfaceNames) {
        try {
            this.scanner = new InterfaceScanner(interfaceNames);
            this.selector = Selector.open();
            this.exclusive = isPortFree();
        } catch (IOException e) {
            throw new UncheckedIOException("Multicast DNS cannot open a selector: " + e.getMessage(), e);
        }
    }

    @Override
    public void start(Receiver receiver) {
        scan(receiver);
        thread = new Thread(() -> run(receiver), "mdns-io");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void multicast(LocalInterface link, byte[] packet) {
        send(link, socket -> true, socket -> socket.multicast(packet));
    }

    @Override
    public void unicast(LocalInterface link, byte[] packet, InetSocketAddress to) {
        boolean v6 = to.getAddress() instanceof Inet6Address;
        send(link, socket -> socket.isIpv6() == v6, socket -> socket.unicast(packet, to));
    }

    @Override
    public boolean receivesUnicast() {
        return exclusive;
    }

    @Override
    public void close() {
        try {
            selector.close();
            if (thread != null) {
                thread.join();
            }
        } catch (IOException e) {
            Loop.LOG.log(Level.DEBUG, "The selector of multicast DNS did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(LinkSocket::close);
        sockets.clear();
    }

    private static boolean isPortFree() {
        try (DatagramChannel probe = DatagramChannel.open(INET)) {
            probe.bind(new InetSocketAddress("0.0.0.0", Protocol.PORT));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void run(Receiver receiver) {
        long nextScan = System.nanoTime() + SCAN_INTERVAL.toNanos();
        while (selector.isOpen()) {
            try {
                long wait = Duration.ofNanos(nextScan - System.nanoTime()).toMillis();
                selector.select(key -> read(key, receiver), Math.max(1, wait));
                if (selector.isOpen() && System.nanoTime() - nextScan >= 0) {
                    nextScan = System.nanoTime() + SCAN_INTERVAL.toNanos();
                    scan(receiver);
                }
            } catch (ClosedSelectorException e) {
                return;
            } catch (IOException | RuntimeException e) {
                Loop.LOG.log(Level.WARNING, "Multicast DNS had trouble with the network and goes on", e);
            }
        }
    }

    private void read(SelectionKey key, Receiver receiver) {
        LinkSocket socket = (LinkSocket) key.attachment();
        try {
            socket.receive(buffer, receiver);
        } catch (IOException e) {
            Loop.LOG.log(Level.DEBUG, () -> "A socket on " + socket.link().name() + " failed", e);
            close(socket); // The next scan opens another.
        }
    }

    private void scan(Receiver receiver) {
        List<LocalInterface> found = scanner.scan();
        for (LinkSocket socket : sockets) {
            if (found.stream().noneMatch(link -> isFor(socket, link))) {
                close(socket);
            }
        }
        List<LocalInterface> usable = new ArrayList<>();
        for (LocalInterface link : found) {
            open(link, INET, link.hasIpv4());
            open(link, INET6, link.hasIpv6());
            if (sockets.stream().anyMatch(socket -> isFor(socket, link))) {
                usable.add(link);
            }
        }
        if (!usable.equals(reported)) {
            reported = usable;
            receiver.onInterfaces(new LocalInterfaces(usable));
        }
    }

    private static boolean isFor(LinkSocket socket, LocalInterface link) {
        return socket.link().equals(link) && (socket.isIpv6() ? link.hasIpv6() : link.hasIpv4());
    }

    private void open(LocalInterface link, StandardProtocolFamily family, boolean hasAddress) {
        boolean v6 = family == INET6;
        if (!hasAddress || sockets.stream().anyMatch(each -> isFor(each, link) && each.isIpv6() == v6)) {
            return;
        }
        try {
            sockets.add(LinkSocket.open(link, family, selector));
        } catch (IOException | UnsupportedOperationException e) {
            boolean first = complained.add(link.name() + family);
            Loop.LOG.log(
                    first ? Level.WARNING : Level.TRACE,
                    () -> "Multicast DNS cannot use " + link.name() + " with " + family + " for now: "
                            + e.getMessage());
        }
    }

    private void close(LinkSocket socket) {
        sockets.remove(socket);
        socket.close();
    }

    private void send(LocalInterface link, Predicate<LinkSocket> which, Sending sending) {
        for (LinkSocket socket : sockets) {
            if (socket.link().index() == link.index() && which.test(socket)) {
                try {
                    sending.send(socket);
                } catch (IOException e) {
                    // A link without a route for the family, or that just went down.
                    Loop.LOG.log(Level.TRACE, () -> "Cannot send on " + link.name() + ": " + e.getMessage());
                }
            }
        }
    }

    private interface Sending {
        void send(LinkSocket socket) throws IOException;
    }
}
