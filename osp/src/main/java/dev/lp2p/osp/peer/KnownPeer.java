package dev.lp2p.osp.peer;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;

/**
 * A peer that a person authenticated on this device.
 *
 * @param displayName what it last called itself; unverified as long as it was never authenticated, so never so here
 * @param authenticatedAt when the code was last compared
 * @param lastSeenAt when a session was last open
 */
public record KnownPeer(Fingerprint fingerprint, String displayName, Instant authenticatedAt, Instant lastSeenAt) {

    /** The peer with what it calls itself now. */
    public KnownPeer seen(String name, Instant at) {
        return new KnownPeer(fingerprint, name, authenticatedAt, at);
    }
}
