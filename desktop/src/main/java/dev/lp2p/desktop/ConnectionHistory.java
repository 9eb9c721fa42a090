package dev.lp2p.desktop;

import dev.lp2p.Origin;
import dev.lp2p.Peer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** What connected and disconnected since the agent started. Methods may be called from any thread. */
public final class ConnectionHistory {

    /** A peer can connect as often as it likes; the oldest make room. */
    static final int MAX_ENTRIES = 500;

    private final Deque<Entry> entries = new ArrayDeque<>();

    /** The last one first. */
    public synchronized List<Entry> list() {
        List<Entry> list = new ArrayList<>(entries);
        Collections.reverse(list);
        return list;
    }

    synchronized void add(Entry entry) {
        if (entries.size() == MAX_ENTRIES) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    public synchronized void clear() {
        entries.clear();
    }

    /** @param connected whether it connected then, or disconnected */
    public record Entry(Instant at, Peer peer, Origin origin, boolean connected) {}
}
