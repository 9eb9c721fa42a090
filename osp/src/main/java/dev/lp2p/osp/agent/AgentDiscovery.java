package dev.lp2p.osp.agent;

import dev.lp2p.mdns.BrowseListener;
import dev.lp2p.mdns.DiscoveredService;
import dev.lp2p.mdns.InstanceName;
import dev.lp2p.osp.identity.Fingerprint;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Makes agents of the services that are browsed: what one agent advertises on several interfaces is one agent, ourselves
 * and what is no agent are left out. Its state belongs to the agent's loop.
 */
final class AgentDiscovery implements BrowseListener {

    private final Executor loop;
    private final Fingerprint self;
    private final DiscoveryListener listener;
    private final Map<Sight, DiscoveredAgent> sights = new LinkedHashMap<>();
    private final Map<Key, DiscoveredAgent> reported = new HashMap<>();
    private boolean closed;

    AgentDiscovery(Executor loop, Fingerprint self, DiscoveryListener listener) {
        this.loop = loop;
        this.self = self;
        this.listener = listener;
    }

    @Override
    public void onFound(DiscoveredService service) {
        DiscoveredAgent agent = AgentRecord.decode(service)
                .filter(found -> !found.fingerprint().equals(self))
                .orElse(null);
        loop.execute(() -> update(new Sight(service.name(), service.interfaceIndex()), agent));
    }

    @Override
    public void onUpdated(DiscoveredService service) {
        onFound(service);
    }

    @Override
    public void onLost(DiscoveredService service) {
        loop.execute(() -> update(new Sight(service.name(), service.interfaceIndex()), null));
    }

    void close() {
        closed = true;
    }

    private void update(Sight sight, @Nullable DiscoveredAgent now) {
        if (closed) {
            return;
        }
        DiscoveredAgent before = now == null ? sights.remove(sight) : sights.put(sight, now);
        if (before != null && (now == null || !Key.of(before).equals(Key.of(now)))) {
            report(Key.of(before));
        }
        if (now != null) {
            report(Key.of(now));
        }
    }

    private void report(Key key) {
        List<DiscoveredAgent> seen = sights.values().stream()
                .filter(agent -> Key.of(agent).equals(key))
                .toList();
        if (seen.isEmpty()) {
            DiscoveredAgent lost = reported.remove(key);
            if (lost != null) {
                listener.onLost(lost);
            }
            return;
        }
        DiscoveredAgent merged = merge(seen);
        if (!merged.equals(reported.put(key, merged))) {
            listener.onFound(merged);
        }
    }

    /** The newest record, with the addresses of all. */
    private static DiscoveredAgent merge(List<DiscoveredAgent> seen) {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>();
        DiscoveredAgent newest = seen.get(0);
        for (DiscoveredAgent agent : seen) {
            addresses.addAll(agent.addresses());
            newest = agent.metadataVersion() > newest.metadataVersion() ? agent : newest;
        }
        return new DiscoveredAgent(
                newest.instanceName(),
                newest.truncated(),
                newest.fingerprint(),
                newest.metadataVersion(),
                newest.authenticationToken(),
                newest.hostname(),
                new ArrayList<>(addresses));
    }

    /** Where a service was seen. */
    private record Sight(InstanceName name, int interfaceIndex) {}

    /** What makes two sights one agent. */
    private record Key(Fingerprint fingerprint, String instanceName) {
        static Key of(DiscoveredAgent agent) {
            return new Key(agent.fingerprint(), agent.instanceName());
        }
    }
}
