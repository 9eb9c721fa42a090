package dev.lp2p.terminal;

import dev.lp2p.PeerCandidate;
import dev.lp2p.Suspicion;
import dev.lp2p.osp.identity.Fingerprint;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A device that was seen on the network, or that is remembered.
 *
 * @param name what it calls itself, as it came; empty where it is not known yet
 * @param known whether a person authenticated it on this device
 */
public record Device(String name, Fingerprint fingerprint, boolean known, Set<Suspicion> suspicions) {

    /** As much of a fingerprint as tables show; 72 bits, out of reach of whoever would make a key with the same start. */
    public static final int SHORT_FINGERPRINT = 12;

    public static Device of(PeerCandidate candidate) {
        return new Device(
                candidate.name().orElse(""), candidate.fingerprint(), candidate.known(), candidate.suspicions());
    }

    public String shownName() {
        return UntrustedText.name(name);
    }

    public String shortFingerprint() {
        return fingerprint.value().substring(0, SHORT_FINGERPRINT);
    }

    /** What to know before choosing it. */
    public String standing() {
        String warnings = suspicions.stream()
                .sorted()
                .map(suspicion -> ", beware: it " + suspicion.words())
                .collect(Collectors.joining());
        return (known ? "known" : "new") + warnings;
    }
}
