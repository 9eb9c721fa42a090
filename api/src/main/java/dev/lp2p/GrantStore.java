package dev.lp2p;

import dev.lp2p.osp.identity.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the user decided for longer than a session. Nothing is put in without an answer of the user, and what is removed
 * holds no longer from that moment on. An implementation may be called from any thread; {@link #find}, {@link #put},
 * {@link #used} and {@link #rule} are called on an agent's loop and do not wait for a disk.
 */
public interface GrantStore {

    /** What was decided under exactly this key. */
    Optional<Grant> find(Grant.Key key);

    /** The one that was granted last first. */
    List<Grant> list();

    /** Adds the grant, or replaces what was decided under its key. The peer is known, or was forgotten a moment ago: then nothing is kept. */
    void put(Grant grant);

    /** Unless it was removed a moment ago. */
    void used(Grant.Key key, Instant at);

    /** @return whether it was there */
    boolean remove(Grant.Key key);

    /** The peer was forgotten. */
    void removeAll(Fingerprint peer);

    /** What holds for an origin of this device, whichever peer it meets. */
    Optional<OriginRule> rule(Origin origin);

    /** Every rule that was set and not removed. */
    Map<Origin, OriginRule> rules();

    /** Sets the rule, in the place of another. */
    void setRule(Origin origin, OriginRule rule);

    /** @return whether there was one */
    boolean removeRule(Origin origin);
}
