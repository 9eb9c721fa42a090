package dev.lp2p.mdns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** One claimed name on all links: probed, announced, defended, given up for another when it is not ours. */
final class Publication {

    private final Loop loop;
    private final Sender sender;
    private final Claim claim;
    private final BooleanSupplier unicastWelcome;
    private final Runnable onEstablished;
    private final Map<Integer, OnLink> links = new TreeMap<>();
    private final Deque<Instant> conflicts = new ArrayDeque<>();

    /** @param onEstablished called whenever the name has become ours on every link that there is */
    Publication(Loop loop, Sender sender, Claim claim, BooleanSupplier unicastWelcome, Runnable onEstablished) {
        this.loop = loop;
        this.sender = sender;
        this.claim = claim;
        this.unicastWelcome = unicastWelcome;
        this.onEstablished = onEstablished;
    }

    Claim claim() {
        return claim;
    }

    void addLink(LocalInterface link) {
        OnLink added = new OnLink(link);
        links.put(link.index(), added);
        added.probe(loop.between(Duration.ZERO, Protocol.PROBE_INTERVAL));
    }

    /** The link has other addresses. */
    void changeLink(LocalInterface link) {
        OnLink onLink = links.get(link.index());
        if (onLink != null) {
            boolean sameRecords = claim.unique(onLink.link).equals(claim.unique(link));
            onLink.link = link;
            if (!sameRecords) {
                onLink.announceIfEstablished();
            }
        }
    }

    void removeLink(int index) {
        OnLink removed = links.remove(index);
        if (removed != null) {
            removed.stop();
            tellIfEstablished();
        }
    }

    /** The records are not what they were. */
    void announce() {
        links.values().forEach(OnLink::announceIfEstablished);
    }

    void withdraw() {
        links.values().forEach(OnLink::withdraw);
        links.clear();
    }

    /** All records that may be told on the link now. */
    List<Resource> records(LocalInterface link) {
        if (!isEstablished(link)) {
            return List.of();
        }
        List<Resource> records = new ArrayList<>(claim.unique(link));
        records.addAll(claim.shared());
        return records;
    }

    boolean isEstablished(LocalInterface link) {
        OnLink onLink = links.get(link.index());
        return onLink != null && onLink.established;
    }

    void onProbe(LocalInterface link, DnsMessage probe) {
        OnLink onLink = links.get(link.index());
        List<Resource> proposed = probe.authorities().stream()
                .filter(resource -> resource.name().equals(claim.name()))
                .toList();
        if (onLink != null && !proposed.isEmpty()) {
            onLink.prober.onProbe(onLink.link, proposed);
        }
    }

    /** https://www.rfc-editor.org/rfc/rfc6762#section-9 */
    void onResponse(LocalInterface link, List<Resource> theirs, boolean fromThisHost) {
        OnLink onLink = links.get(link.index());
        if (onLink == null
                || theirs.stream().noneMatch(each -> !each.isGoodbye() && claim.isContradictedBy(each, fromThisHost))) {
            return;
        }
        if (onLink.established) {
            onLink.probe(waitAfterConflict());
        } else {
            rename();
        }
    }

    private void rename() {
        Duration wait = waitAfterConflict();
        links.values().forEach(OnLink::withdraw);
        claim.rename();
        links.values().forEach(onLink -> onLink.probe(wait));
    }

    private Duration waitAfterConflict() {
        Instant now = loop.now();
        conflicts.addLast(now);
        conflicts.removeIf(time -> time.isBefore(now.minus(Protocol.MANY_CONFLICTS_WINDOW)));
        return conflicts.size() >= Protocol.MANY_CONFLICTS
                ? Protocol.WAIT_AFTER_MANY_CONFLICTS
                : loop.between(Duration.ZERO, Protocol.PROBE_INTERVAL);
    }

    private void tellIfEstablished() {
        if (!links.isEmpty() && links.values().stream().allMatch(onLink -> onLink.established)) {
            onEstablished.run();
        }
    }

    private final class OnLink {

        private final Prober prober = new Prober(loop, sender, claim, unicastWelcome, this::won);
        private final Announcer announcer = new Announcer(loop, sender, claim);
        private LocalInterface link;
        private boolean established;

        OnLink(LocalInterface link) {
            this.link = link;
        }

        void probe(Duration delay) {
            established = false;
            announcer.stop();
            prober.start(link, delay);
        }

        void announceIfEstablished() {
            if (established) {
                announcer.announce(link);
            }
        }

        void withdraw() {
            if (established) {
                announcer.sayGoodbye(link);
            }
            stop();
        }

        void stop() {
            established = false;
            prober.stop();
            announcer.stop();
        }

        private void won() {
            established = true;
            announcer.announce(link);
            tellIfEstablished();
        }
    }
}
