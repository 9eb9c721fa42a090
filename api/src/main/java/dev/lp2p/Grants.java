package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the user decided: for always, in the store, or for a session, here. Methods may be called from any thread. */
final class Grants {

    private final GrantStore store;
    private final InstantSource clock;
    private final Map<Grant.Key, Grant> ofSessions = new ConcurrentHashMap<>();

    /** Connections that were lost with the network, and until when each may come back once. */
    private final Map<Grant.Key, Instant> lost = new ConcurrentHashMap<>();

    Grants(GrantStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Optional<Grant> find(Grant.Key key) {
        // What was decided for always is the later word: a session's grant goes when one is stored.
        return store.find(key).or(() -> Optional.ofNullable(ofSessions.get(key)));
    }

    boolean isAllowed(Grant.Key key) {
        return find(key)
                .filter(grant -> grant.decision() == Grant.Decision.ALLOW)
                .isPresent();
    }

    /** Whether a connection of a peer may be made without asking, and if so for how long it holds. */
    Optional<Grant.Lifetime> lifetimeOf(Grant.Key key) {
        return find(key)
                .filter(grant -> grant.decision() == Grant.Decision.ALLOW)
                .map(Grant::lifetime)
                .or(() -> isBack(key) ? Optional.of(Grant.Lifetime.ONCE) : Optional.empty());
    }

    /** A connection of a peer was lost with the network: the next one, if it comes soon, goes on with it. */
    void lost(Grant.Key key) {
        lost.values().removeIf(until -> !clock.instant().isBefore(until));
        lost.put(key, clock.instant().plus(LP2PSettings.RECONNECT_TIME));
    }

    /** What was lost is not wanted back. */
    void comesBackNoMore(Grant.Key key) {
        lost.remove(key);
    }

    List<Grant> list() {
        List<Grant> all = new ArrayList<>(store.list());
        all.addAll(ofSessions.values());
        return all;
    }

    /** Keeps what the user decided, if it holds for more than once. */
    void keep(Grant.Key key, Grant.Decision decision, Grant.Lifetime lifetime) {
        Grant grant = new Grant(key, decision, lifetime, clock.instant(), Optional.empty());
        switch (lifetime) {
            case ONCE -> {}
            case SESSION -> ofSessions.put(key, grant);
            case ALWAYS -> {
                ofSessions.remove(key);
                store.put(grant);
            }
        }
    }

    void used(Grant.Key key) {
        store.used(key, clock.instant());
        ofSessions.computeIfPresent(key, (same, grant) -> grant.used(clock.instant()));
    }

    /** The session with the peer has ended, and does not come back. */
    void sessionEnded(Fingerprint peer) {
        ofSessions.keySet().removeIf(key -> key.peer().equals(peer));
    }

    /** @return whether it was there */
    boolean remove(Grant.Key key) {
        lost.remove(key);
        boolean wasOfSession = ofSessions.remove(key) != null;
        return store.remove(key) || wasOfSession;
    }

    void removeAll(Fingerprint peer) {
        sessionEnded(peer);
        lost.keySet().removeIf(key -> key.peer().equals(peer));
        store.removeAll(peer);
    }

    private boolean isBack(Grant.Key key) {
        Instant until = lost.remove(key);
        return until != null && clock.instant().isBefore(until);
    }
}
