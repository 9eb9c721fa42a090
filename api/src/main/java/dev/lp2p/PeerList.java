package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.agent.DiscoveryListener;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns what the loop hears of the network into lists of candidates for the user; the peer store is read off the loop. */
final class PeerList implements DiscoveryListener, PeerChoice {

    /** Announcements that are remembered at a time; what comes on top is not seen. */
    static final int MAX_ANNOUNCEMENTS = 256;

    private final Origin origin;
    private final Optional<String> nickname;
    private final Runnable onBlocked;
    private final Function<Collection<DiscoveredAgent>, List<PeerCandidate>> candidatesOf;
    private final EventQueue events;
    private final Map<Announcement, DiscoveredAgent> seen = new LinkedHashMap<>();

    private volatile List<DiscoveredAgent> agents = List.of();
    private volatile List<PeerCandidate> candidates = List.of();
    private volatile @Nullable Consumer<List<PeerCandidate>> listener;
    private volatile boolean closed;
    private @Nullable Consumer<List<PeerCandidate>> told;

    /** @param onBlocked the user wants to hear nothing of the origin any more */
    PeerList(
            Origin origin,
            Optional<String> nickname,
            Runnable onBlocked,
            Function<Collection<DiscoveredAgent>, List<PeerCandidate>> candidatesOf,
            Executor callbacks) {
        this.origin = origin;
        this.nickname = nickname;
        this.onBlocked = onBlocked;
        this.candidatesOf = candidatesOf;
        this.events = new EventQueue(callbacks, this::deliver);
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void block() {
        onBlocked.run();
    }

    @Override
    public Optional<String> nickname() {
        return nickname;
    }

    @Override
    public List<PeerCandidate> candidates() {
        return candidates;
    }

    @Override
    public void onChange(Consumer<List<PeerCandidate>> newListener) {
        listener = newListener;
        events.wake();
    }

    @Override
    public void onFound(DiscoveredAgent agent) {
        Announcement announcement = Announcement.of(agent);
        if (seen.size() < MAX_ANNOUNCEMENTS || seen.containsKey(announcement)) {
            seen.put(announcement, agent);
            changed();
        }
    }

    @Override
    public void onLost(DiscoveredAgent agent) {
        seen.remove(Announcement.of(agent));
        changed();
    }

    /** Whom to dial for a candidate that was chosen. */
    Optional<DiscoveredAgent> find(Fingerprint fingerprint) {
        return agents.stream()
                .filter(agent -> agent.fingerprint().equals(fingerprint))
                .reduce((earlier, later) -> later);
    }

    /** No change is told any more. */
    void close() {
        closed = true;
    }

    private void changed() {
        agents = List.copyOf(seen.values());
        events.wake();
    }

    private void deliver() {
        if (closed) {
            return;
        }
        List<PeerCandidate> now = candidatesOf.apply(agents);
        Consumer<List<PeerCandidate>> current = listener;
        boolean isNews = !now.equals(candidates) || current != told;
        candidates = now;
        if (current != null && isNews) {
            told = current;
            EventQueue.call(() -> current.accept(now));
        }
    }

    /** What tells one announcement from another: two of the same key may stand side by side, and that is suspicious. */
    private record Announcement(Fingerprint fingerprint, String instanceName, String hostname) {
        static Announcement of(DiscoveredAgent agent) {
            return new Announcement(agent.fingerprint(), agent.instanceName(), agent.hostname());
        }
    }
}
