package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Forgets everything with the process. */
public final class InMemoryGrantStore implements GrantStore {

    private final Map<Grant.Key, Grant> grants = new ConcurrentHashMap<>();
    private final Map<Origin, OriginRule> rules = new ConcurrentHashMap<>();

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
    public Optional<OriginRule> rule(Origin origin) {
        return Optional.ofNullable(rules.get(origin));
    }

    @Override
    public Map<Origin, OriginRule> rules() {
        return Map.copyOf(rules);
    }

    @Override
    public void setRule(Origin origin, OriginRule rule) {
        rules.put(origin, rule);
    }

    @Override
    public boolean removeRule(Origin origin) {
        return rules.remove(origin) != null;
    }
}
