package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.util.Optional;
import java.util.Set;

/**
 * A device on the network that the user may choose. Choosing it connects to the holder of its fingerprint's key and to
 * nobody else, whatever others call themselves.
 *
 * @param name stripped of control and bidirectional characters, unverified unless {@code known}; empty where only a cut
 *     name is known, which is not to be shown
 * @param known whether a person authenticated it on this device before, so that it needs no code
 * @param granted whether the user granted it to this origin before
 */
public record PeerCandidate(
        Optional<String> name, Fingerprint fingerprint, boolean known, boolean granted, Set<Suspicion> suspicions) {

    /** Copies the set. */
    public PeerCandidate {
        suspicions = Set.copyOf(suspicions);
    }
}
