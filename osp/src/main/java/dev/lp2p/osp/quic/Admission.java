package dev.lp2p.osp.quic;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts incoming connections, and says whether there is room for one more. */
final class Admission {

    private final QuicLimits limits;
    private final Map<InetAddress, Integer> byAddress = new HashMap<>();
    private int connections;
    private int handshakes;

    Admission(QuicLimits limits) {
        this.limits = limits;
    }

    /** Whether a client gets a Retry first, which costs nothing: many unfinished handshakes, or no room for it at all. */
    boolean mustProveAddress(InetAddress source) {
        return handshakes >= limits.handshakesBeforeRetry() || !admits(source);
    }

    /** Whether there is room for a connection from this address. */
    boolean admits(InetAddress source) {
        return !isFull() && byAddress.getOrDefault(source, 0) < limits.connectionsPerAddress();
    }

    Place begun(InetAddress source) {
        connections++;
        handshakes++;
        byAddress.merge(source, 1, Integer::sum);
        return new Place(source);
    }

    void handshakeEnded() {
        handshakes--;
    }

    private boolean isFull() {
        return connections >= limits.connections() || handshakes >= limits.handshakes();
    }

    /** The place of one connection, until that ends or somebody else counts it. */
    final class Place {

        private final InetAddress source;
        private boolean isFree;

        private Place(InetAddress source) {
            this.source = source;
        }

        void free() {
            if (!isFree) {
                isFree = true;
                connections--;
                byAddress.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
