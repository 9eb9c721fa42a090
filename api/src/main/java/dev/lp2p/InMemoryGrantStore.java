package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets everything with the process. */
public final class InMemoryGrantStore implements GrantStore {

    private final Map<Grant.Key, Grant> grants = new ConcurrentHashMap<>();
    private final Set<Origin> blocked = ConcurrentHashMap.newKeySet();

    @Override
    public Optional<Grant> find(Grant.Key key) {
        return Optional.ofNullable(grants.get(key));
    }

    @Override
    public List<Grant> list() {
        return grants.values().stream()
                .sorted(Comparator.comparing(Grant::grantedAt).reversed())
                .toList();
    }

    @Override
    public void put(Grant grant) {
        grants.put(grant.key(), grant);
    }

    @Override
    public void used(Grant.Key key, Instant at) {
        grants.computeIfPresent(key, (same, grant) -> grant.used(at));
    }

    @Override
    public boolean remove(Grant.Key key) {
        return grants.remove(key) != null;
    }

    @Override
    public void removeAll(Fingerprint peer) {
        grants.keySet().removeIf(key -> key.peer().equals(peer));
    }

    @Override
    public boolean isBlocked(Origin origin) {
        return blocked.contains(origin);
    }

    @Override
    public List<Origin> blocked() {
        return blocked.stream().sorted(Comparator.comparing(Origin::value)).toList();
    }

    @Override
    public void block(Origin origin) {
        blocked.add(origin);
    }

    @Override
    public boolean unblock(Origin origin) {
        return blocked.remove(origin);
    }
}
