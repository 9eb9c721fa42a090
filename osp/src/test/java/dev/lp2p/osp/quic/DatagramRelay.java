package dev.lp2p.osp.quic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A network between one client and its server, which hands their datagrams on, in order, keeps them back or loses them. */
final class DatagramRelay implements AutoCloseable {

    private static final int MAX_DATAGRAM = 65_535;

    /** From the test to the relay. No datagram of QUIC is empty. */
    private static final byte[] LOSE = {};

    private final DatagramSocket towardsClient;
    private final DatagramSocket towardsServer;
    final Direction toServer;
    final Direction toClient;

    DatagramRelay(InetSocketAddress server) throws IOException {
        InetAddress loopback = server.getAddress();
        towardsClient = new DatagramSocket(0, loopback);
        towardsServer = new DatagramSocket(0, loopback);
        toServer = new Direction(address(), towardsServer, server);
        toClient = new Direction(towardsServer.getLocalSocketAddress(), towardsClient, null);
        start("relay-to-server", towardsClient, toServer);
        start("relay-to-client", towardsServer, toClient);
    }

    /** What the client dials. */
    InetSocketAddress address() {
        return (InetSocketAddress) towardsClient.getLocalSocketAddress();
    }

    @Override
    public void close() {
        towardsClient.close();
        towardsServer.close();
    }

    private void start(String name, DatagramSocket from, Direction direction) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[MAX_DATAGRAM];
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    try {
                        while (true) {
                            packet.setLength(buffer.length);
                            from.receive(packet);
                            if (packet.getLength() == LOSE.length) {
                                direction.beginLoss();
                                continue;
                            }
                            if (direction == toServer) {
                                toClient.setTarget(packet.getSocketAddress());
                            }
                            direction.onDatagram(Arrays.copyOf(buffer, packet.getLength()));
                        }
                    } catch (IOException closed) {
                        // The test is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What happens to the datagrams of one side. */
    static final class Direction {

        private final SocketAddress in;
        private final DatagramSocket out;
        private final List<byte[]> held = new ArrayList<>();
        private @Nullable SocketAddress target;
        private Fate fate = Fate.PASS;
        private int lost;

        Direction(SocketAddress in, DatagramSocket out, @Nullable SocketAddress target) {
            this.in = in;
            this.out = out;
            this.target = target;
        }

        /** Keeps back what comes from now on. */
        synchronized void hold() {
            fate = Fate.HOLD;
        }

        /**
         * Loses what is sent from now on, and nothing that was sent before and waits to be handed on: the word for it waits
         * behind that. To be called where the sender sends.
         */
        void lose() {
            try {
                out.send(new DatagramPacket(LOSE, LOSE.length, in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Hands on what was kept back and all that comes. */
        synchronized void pass() throws IOException {
            fate = Fate.PASS;
            for (byte[] datagram : held) {
                send(datagram);
            }
            held.clear();
        }

        /** Waits until something was lost. */
        synchronized void awaitLoss() throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TestPeer.PATIENCE_SECONDS);
            while (lost == 0) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("Nothing came that could be lost");
                }
                wait(1000);
            }
        }

        private synchronized void beginLoss() {
            fate = Fate.LOSE;
            lost = 0;
        }

        private synchronized void setTarget(SocketAddress client) {
            target = client;
        }

        private synchronized void onDatagram(byte[] datagram) throws IOException {
            switch (fate) {
                case PASS -> send(datagram);
                case HOLD -> held.add(datagram);
                case LOSE -> {
                    lost++;
                    notifyAll();
                }
            }
        }

        private void send(byte[] datagram) throws IOException {
            out.send(new DatagramPacket(datagram, datagram.length, target));
        }
    }

    private enum Fate {
        PASS,
        HOLD,
        LOSE
    }
}
