package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.util.Optional;

/**
 * What the user decided about one device and one origin. Only the device is verified: a peer may claim any origin, so a
 * grant is understood as one to that device.
 *
 * @param key who may do what
 * @param decision whether it may
 * @param lifetime for how long
 * @param grantedAt when the user said so, to the millisecond
 * @param lastUsed when a connection was last made or refused because of it, if ever
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#peer-grant">Peer grant</a>
 */
public record Grant(Key key, Decision decision, Lifetime lifetime, Instant grantedAt, Optional<Instant> lastUsed) {

    /** The grant, used at that time. */
    public Grant used(Instant at) {
        return new Grant(key, decision, lifetime, grantedAt, Optional.of(at));
    }

    /**
     * What a grant is about.
     *
     * @param peer the device
     * @param direction who asks whom
     * @param origin of the program or page on this device
     * @param claimed what the peer says of whom it speaks for; empty for a peer that does not say, and where this device
     *     asks
     */
    public record Key(Fingerprint peer, Direction direction, Origin origin, Optional<Origin> claimed) {

        /** Of an origin here to connect to the peer. */
        public static Key outgoing(Fingerprint peer, Origin origin) {
            return new Key(peer, Direction.OUTGOING, origin, Optional.empty());
        }

        /** Of the peer to connect to an origin here. */
        public static Key incoming(Fingerprint peer, Origin origin, Optional<Origin> claimed) {
            return new Key(peer, Direction.INCOMING, origin, claimed);
        }
    }

    /** Who asks whom: that the user lets a page reach a device does not let the device reach the page. */
    public enum Direction {
        /** An origin here asks for a connection to the device. */
        OUTGOING,
        /** The device asks for a connection to an origin here. */
        INCOMING
    }

    /** What the user decided. */
    public enum Decision {
        /** It may, without being asked again. */
        ALLOW,
        /** Refused without asking. */
        NEVER
    }

    /** For how long a decision holds. */
    public enum Lifetime {
        /** One connection. */
        ONCE,
        /** Until the session with the device ends; one that drops and comes back in time goes on. */
        SESSION,
        /** Until it is revoked. */
        ALWAYS
    }
}
