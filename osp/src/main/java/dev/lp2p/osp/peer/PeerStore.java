package dev.lp2p.osp.peer;

import dev.lp2p.osp.identity.Fingerprint;
import java.util.List;
import java.util.Optional;

/**
 * The peers that a person authenticated. A fingerprint in here needs no code again, so nothing is put in without a
 * completed authentication, and what is removed is a stranger from that moment on. Calls are quick and never wait for
 * the network; an implementation may be called from any thread.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#known-peers">Known peers</a>
 */
public interface PeerStore {

    Optional<KnownPeer> find(Fingerprint fingerprint);

    /** All known peers, the one seen last first. */
    List<KnownPeer> list();

    /** Adds a peer, or replaces what was stored under its fingerprint. */
    void put(KnownPeer peer);

    /** @return whether it was known */
    boolean remove(Fingerprint fingerprint);
}
