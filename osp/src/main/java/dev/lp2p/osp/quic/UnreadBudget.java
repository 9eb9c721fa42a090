package dev.lp2p.osp.quic;

import dev.lp2p.osp.identity.Fingerprint;
import io.netty.channel.EventLoop;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bounds what peers leave unread, since no connection's flow control does: only a stream's own window stops it. Where a
 * peer exceeds its budget, the streams that nobody reads end, those first that may hold the most, and then connections.
 */
final class UnreadBudget {

    private static final System.Logger LOG = System.getLogger(UnreadBudget.class.getName());

    /** For one connection of a peer for which nobody has vouched; all that it may say fits many times. */
    static final long STRANGER_BYTES = 4L << 20;

    /** What may come to an endpoint from one look at the budgets to the next, hence beyond them. */
    private static final int LOOK_EVERY_BYTES = 1 << 20;

    private final EventLoop loop;
    private final long bytesOfAPeer;
    private final Set<QuicConnection> connections = new LinkedHashSet<>();
    private int receivedSinceLook;

    UnreadBudget(EventLoop loop, long bytesOfAPeer) {
        this.loop = loop;
        this.bytesOfAPeer = bytesOfAPeer;
    }

    void add(QuicConnection connection) {
        connections.add(connection);
    }

    void remove(QuicConnection connection) {
        connections.remove(connection);
    }

    /** So much came from the network, for whichever connection. */
    void onReceived(int bytes) {
        receivedSinceLook += bytes;
        if (receivedSinceLook >= LOOK_EVERY_BYTES) {
            receivedSinceLook = 0;
            // Not within the library's callback; and what came in this turn is read before.
            loop.execute(this::look);
        }
    }

    private void look() {
        connections.forEach(QuicConnection::countUnread);
        List<QuicConnection> live =
                connections.stream().filter(each -> !each.isClosed()).toList();
        live.stream()
                .filter(each -> !each.isVouched() && each.unreadBytes() > STRANGER_BYTES)
                .forEach(QuicConnection::endAsUnread);
        Map<Fingerprint, List<QuicConnection>> byPeer = live.stream()
                .filter(QuicConnection::isVouched)
                .collect(Collectors.groupingBy(QuicConnection::peerFingerprint));
        byPeer.values().forEach(this::enforce);
    }

    private void enforce(List<QuicConnection> ofPeer) {
        if (sum(ofPeer) <= bytesOfAPeer) {
            return;
        }
        ofPeer.forEach(QuicConnection::boundUnread);
        int streams = 0;
        while (sum(ofPeer) > bytesOfAPeer) {
            QuicConnection worst = ofPeer.stream()
                    .filter(each -> !each.isClosed())
                    .max(Comparator.comparingLong(QuicConnection::unreadBytes))
                    .orElseThrow();
            QuicStream stuck = worst.mostBehind();
            if (stuck == null) {
                worst.endAsUnread();
            } else {
                stuck.endAsUnread();
                worst.boundUnread();
                streams++;
            }
        }
        if (streams > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0} streams were reset: a peer sent more than {1} bytes that no program here reads",
                    streams,
                    bytesOfAPeer);
        }
    }

    private static long sum(List<QuicConnection> ofPeer) {
        return ofPeer.stream()
                .filter(each -> !each.isClosed())
                .mapToLong(QuicConnection::unreadBytes)
                .sum();
    }
}
