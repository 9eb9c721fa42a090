package dev.lp2p;

import dev.lp2p.osp.agent.DiscoveredAgent;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the user sees of the devices on the network: the one place that decides what is suspicious. */
final class PeerCandidates {

    private final Map<Fingerprint, KnownPeer> known;
    private final Predicate<Fingerprint> failedOften;
    private final Predicate<Fingerprint> granted;

    PeerCandidates(Collection<KnownPeer> known, Predicate<Fingerprint> failedOften, Predicate<Fingerprint> granted) {
        this.granted = granted;
        this.known = known.stream().collect(Collectors.toMap(KnownPeer::fingerprint, Function.identity()));
        this.failedOften = failedOften;
    }

    /** One for each fingerprint, in the order in which they were seen first, but those granted before the others. */
    List<PeerCandidate> of(Collection<DiscoveredAgent> agents) {
        Map<Fingerprint, List<DiscoveredAgent>> byFingerprint = agents.stream()
                .collect(Collectors.groupingBy(DiscoveredAgent::fingerprint, LinkedHashMap::new, Collectors.toList()));
        return byFingerprint.entrySet().stream()
                .map(entry -> candidate(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(PeerCandidate::granted).reversed())
                .toList();
    }

    /** What is suspicious about a peer that came by itself. */
    Set<Suspicion> suspicionsOf(Peer peer) {
        Set<Suspicion> suspicions = EnumSet.noneOf(Suspicion.class);
        String folded = DisplayNames.folded(peer.displayName());
        if (isLookAlike(peer.fingerprint(), name -> DisplayNames.folded(name).equals(folded))) {
            suspicions.add(Suspicion.LOOK_ALIKE_NAME);
        }
        if (failedOften.test(peer.fingerprint())) {
            suspicions.add(Suspicion.REPEATED_FAILURES);
        }
        return suspicions;
    }

    /** Whether another known device owns the name; one that is known may have taken it since. */
    private boolean isLookAlike(Fingerprint fingerprint, Predicate<String> isName) {
        return known.values().stream()
                .anyMatch(owner -> !owner.fingerprint().equals(fingerprint) && isName.test(owner.displayName()));
    }

    private PeerCandidate candidate(Fingerprint fingerprint, List<DiscoveredAgent> announcements) {
        KnownPeer knownPeer = known.get(fingerprint);
        Set<Suspicion> suspicions = EnumSet.noneOf(Suspicion.class);
        if (announcements.stream().map(DiscoveredAgent::hostname).distinct().count() > 1) {
            suspicions.add(Suspicion.ANNOUNCED_TWICE);
        }
        if (failedOften.test(fingerprint)) {
            suspicions.add(Suspicion.REPEATED_FAILURES);
        }
        DiscoveredAgent latest = announcements.get(announcements.size() - 1);
        if (knownPeer != null && !hasName(latest, knownPeer.displayName())) {
            suspicions.add(Suspicion.CHANGED_NAME);
        }
        if (isLookAlike(fingerprint, name -> hasName(latest, name))) {
            suspicions.add(Suspicion.LOOK_ALIKE_NAME);
        }
        return new PeerCandidate(
                name(latest, knownPeer), fingerprint, knownPeer != null, granted.test(fingerprint), suspicions);
    }

    private static Optional<String> name(DiscoveredAgent agent, @Nullable KnownPeer known) {
        if (!agent.truncated()) {
            return Optional.of(DisplayNames.clean(agent.instanceName()));
        }
        return Optional.ofNullable(known).map(peer -> DisplayNames.clean(peer.displayName()));
    }

    /** Whether the agent's name is this one or looks like it, as far as it is known. */
    private static boolean hasName(DiscoveredAgent agent, String name) {
        String announced = DisplayNames.folded(agent.instanceName());
        String other = DisplayNames.folded(name);
        return agent.truncated() ? other.startsWith(announced) : other.equals(announced);
    }
}
