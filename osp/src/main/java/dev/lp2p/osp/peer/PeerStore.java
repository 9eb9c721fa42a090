package dev.lp2p.osp.peer;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The peers that a person authenticated. A fingerprint in here needs no code again, so nothing is put in without a
 * completed authentication, and what is removed is a stranger from that moment on. An implementation may be called from
 * any thread. {@link #find}, {@link #put} and {@link #seen} are called on an agent's loop and do not wait for a disk;
 * who is known and who is not, {@link #find} says at once.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#known-peers">Known peers</a>
 */
public interface PeerStore {

    Optional<KnownPeer> find(Fingerprint fingerprint);

    /** All known peers, the one seen last first. */
    List<KnownPeer> list();

    /** A person authenticated the peer: adds it, or replaces what was stored under its fingerprint. */
    void put(KnownPeer peer);

    /** A session with the peer is open. One that is not known, or was removed a moment ago, stays a stranger. */
    void seen(Fingerprint fingerprint, String displayName, Instant at);

    /** @return whether it was known */
    boolean remove(Fingerprint fingerprint);
}
