package dev.lp2p.osp.peer;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A {@link PeerStore} for an agent that keeps no state: it forgets everybody when it ends. */
public final class InMemoryPeerStore implements PeerStore {

    private final Map<Fingerprint, KnownPeer> peers = new ConcurrentHashMap<>();

    @Override
    public Optional<KnownPeer> find(Fingerprint fingerprint) {
        return Optional.ofNullable(peers.get(fingerprint));
    }

    @Override
    public List<KnownPeer> list() {
        return peers.values().stream()
                .sorted(Comparator.comparing(KnownPeer::lastSeenAt).reversed())
                .toList();
    }

    @Override
    public void put(KnownPeer peer) {
        peers.put(peer.fingerprint(), peer);
    }

    @Override
    public void seen(Fingerprint fingerprint, String displayName, Instant at) {
        peers.computeIfPresent(fingerprint, (key, known) -> known.seen(displayName, at));
    }

    @Override
    public boolean remove(Fingerprint fingerprint) {
        return peers.remove(fingerprint) != null;
    }
}
