package dev.lp2p;

/** What the user decided about an origin on this device, whichever peer it meets. */
public enum OriginRule {
    /** It may make this device visible without being asked again. */
    MAY_ADVERTISE,
    /** Nothing of it reaches the user any more. */
    BLOCKED
}
