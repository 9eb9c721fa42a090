package dev.lp2p;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who wants to connect to a receiver.
 *
 * @param claimed what the peer says of whom it speaks for; only the device is verified
 * @param nickname what that program or page calls itself, stripped and without what could be a code
 * @param receivers where it could go: the receiver of the same origin, or else all, of which the user chooses one
 * @param suspicions what is suspicious about the peer
 */
public record IncomingRequest(
        Peer peer,
        Optional<Origin> claimed,
        Optional<String> nickname,
        List<OfferedReceiver> receivers,
        Set<Suspicion> suspicions) {

    /** Copies the list and the set. */
    public IncomingRequest {
        receivers = List.copyOf(receivers);
        suspicions = Set.copyOf(suspicions);
    }

    /** Whether it comes from the site or program that receives here; if not, the user is told both. */
    public boolean isSameOrigin() {
        return claimed.filter(origin -> receivers.stream()
                        .allMatch(receiver -> receiver.origin().matches(origin)))
                .isPresent();
    }

    /** What is known and what is not, in words that every prompt shows. */
    public String claim() {
        return claimed.map(origin -> peer.displayName() + " says this is " + origin + ". Only the device is verified.")
                .orElse(peer.displayName() + " does not say for which site or program. Only the device is verified.");
    }

    /**
     * A receiver that is started here.
     *
     * @param nickname what it calls itself
     */
    public record OfferedReceiver(Origin origin, Optional<String> nickname) {}
}
