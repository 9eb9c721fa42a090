package dev.lp2p.osp.agent;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.peer.PeerStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A store in which an authentication with the peer that is forgotten first ends right after that. */
final class LateAuthentication implements PeerStore {

    private final PeerStore store = new InMemoryPeerStore();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Override
    public Optional<KnownPeer> find(Fingerprint fingerprint) {
        return store.find(fingerprint);
    }

    @Override
    public List<KnownPeer> list() {
        return store.list();
    }

    @Override
    public void put(KnownPeer peer) {
        store.put(peer);
    }

    @Override
    public void seen(Fingerprint fingerprint, String displayName, Instant at) {
        store.seen(fingerprint, displayName, at);
    }

    @Override
    public boolean remove(Fingerprint fingerprint) {
        boolean wasKnown = store.remove(fingerprint);
        if (!ended.getAndSet(true)) {
            store.put(new KnownPeer(fingerprint, "Late", Instant.EPOCH, Instant.EPOCH));
        }
        return wasKnown;
    }
}
