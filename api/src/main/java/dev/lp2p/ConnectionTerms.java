package dev.lp2p;

import java.util.Optional;

/**
 * What the user allowed, under which a connection is open.
 *
 * @param nickname what the program or page here calls itself
 */
record ConnectionTerms(Grant.Key key, Grant.Lifetime lifetime, Optional<String> nickname) {

    boolean isOutgoing() {
        return key.direction() == Grant.Direction.OUTGOING;
    }
}
