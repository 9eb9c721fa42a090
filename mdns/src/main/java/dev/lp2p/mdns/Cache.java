package dev.lp2p.mdns;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Name;

/**
 * What others said on each link and still holds. Full tables take nothing more: who fills them must not push out what was
 * there before.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-10">Resource record TTL values and cache coherency</a>
 */
final class Cache {

    /** Where a record of a name and type stands. */
    record Key(int interfaceIndex, Name name, int type) {}

    /** What became of the cache as time went by. */
    record Swept(Set<Integer> changedLinks, List<Key> toRefresh) {}

    private final Loop loop;

    /** The newest record of each question first. */
    private final Map<Key, List<CachedRecord>> records = new HashMap<>();

    private final Map<InetAddress, Integer> countsBySource = new HashMap<>();
    private int count;

    Cache(Loop loop) {
        this.loop = loop;
    }

    /** Takes the records of one packet; true if anything is new. */
    boolean accept(int interfaceIndex, InetAddress source, List<Resource> packet) {
        Instant now = loop.now();
        boolean changed = false;
        Set<Key> unique = new HashSet<>();
        for (Resource resource : packet) {
            Key key = new Key(interfaceIndex, resource.name(), resource.type());
            changed |= put(key, source, resource, now);
            if (resource.unique() && !resource.isGoodbye()) {
                unique.add(key);
            }
        }
        // https://www.rfc-editor.org/rfc/rfc6762#section-10.2
        for (Key key : unique) {
            for (CachedRecord other : records.getOrDefault(key, List.of())) {
                if (!other.received().isAfter(now.minus(Protocol.GRACE))) {
                    other.endAfterGrace(now);
                }
            }
        }
        return changed;
    }

    /** The records that are live, the newest first. */
    List<Resource> get(int interfaceIndex, Name name, int type) {
        Instant now = loop.now();
        return records.getOrDefault(new Key(interfaceIndex, name, type), List.of()).stream()
                .filter(record -> record.expires().isAfter(now))
                .map(CachedRecord::resource)
                .toList();
    }

    /** The records that a question lists as known, with what is left of their time to live. */
    List<Resource> knownAnswers(Key question) {
        Instant now = loop.now();
        List<Resource> known = new ArrayList<>();
        for (CachedRecord record : records.getOrDefault(question, List.of())) {
            Duration left = Duration.between(now, record.expires());
            // https://www.rfc-editor.org/rfc/rfc6762#section-7.1
            if (left.compareTo(record.resource().ttl().dividedBy(2)) > 0 && left.toSeconds() > 0) {
                known.add(record.resource().withoutFlush().withTtl(left));
            }
        }
        return known;
    }

    /** Removes what ran out, and says what should be asked for before it does. */
    Swept sweep() {
        Instant now = loop.now();
        Swept swept = new Swept(new HashSet<>(), new ArrayList<>());
        records.forEach((key, all) -> {
            if (all.stream().filter(record -> record.takeRefresh(now)).count() > 0) {
                swept.toRefresh().add(key);
            }
        });
        removeIf(record -> !record.expires().isAfter(now), swept.changedLinks());
        return swept;
    }

    /** When {@link #sweep()} has something to do next. */
    Optional<Instant> nextSweep() {
        return records.values().stream()
                .flatMap(List::stream)
                .map(CachedRecord::nextEvent)
                .min(Instant::compareTo);
    }

    void removeLink(int interfaceIndex) {
        records.keySet().stream()
                .filter(key -> key.interfaceIndex() == interfaceIndex)
                .toList()
                .forEach(this::remove);
    }

    /** Forgets all records that nobody wants any more. */
    void retain(Predicate<Resource> wanted) {
        removeIf(record -> !wanted.test(record.resource()), new HashSet<>());
    }

    int size() {
        return count;
    }

    private boolean put(Key key, InetAddress source, Resource resource, Instant now) {
        List<CachedRecord> all = records.getOrDefault(key, List.of());
        CachedRecord known = find(all, resource);
        if (resource.isGoodbye()) {
            if (known != null) {
                known.endAfterGrace(now); // https://www.rfc-editor.org/rfc/rfc6762#section-10.1
            }
            return false;
        }
        if (known != null) {
            boolean wasNewest = Objects.equals(all.get(0), known);
            known.renew(resource, now, loop);
            all.remove(known);
            all.add(0, known);
            return !wasNewest;
        }
        if (count >= Protocol.MAX_CACHED_RECORDS
                || all.size() >= Protocol.MAX_CACHED_RECORDS_OF_QUESTION
                || countsBySource.getOrDefault(source, 0) >= Protocol.MAX_CACHED_RECORDS_OF_SOURCE) {
            return false;
        }
        records.computeIfAbsent(key, absent -> new ArrayList<>()).add(0, new CachedRecord(resource, source, now, loop));
        countsBySource.merge(source, 1, Integer::sum);
        count++;
        return true;
    }

    private static @Nullable CachedRecord find(List<CachedRecord> all, Resource resource) {
        for (CachedRecord record : all) {
            if (record.resource().record().equals(resource.record())) {
                return record;
            }
        }
        return null;
    }

    private void removeIf(Predicate<CachedRecord> which, Set<Integer> changedLinks) {
        for (Iterator<Map.Entry<Key, List<CachedRecord>>> i = records.entrySet().iterator(); i.hasNext(); ) {
            Map.Entry<Key, List<CachedRecord>> entry = i.next();
            boolean removed = entry.getValue().removeIf(record -> {
                boolean gone = which.test(record);
                if (gone) {
                    forget(record);
                }
                return gone;
            });
            if (removed) {
                changedLinks.add(entry.getKey().interfaceIndex());
            }
            if (entry.getValue().isEmpty()) {
                i.remove();
            }
        }
    }

    private void remove(Key key) {
        List<CachedRecord> removed = records.remove(key);
        if (removed != null) {
            removed.forEach(this::forget);
        }
    }

    private void forget(CachedRecord record) {
        count--;
        countsBySource.computeIfPresent(record.source(), (source, n) -> n > 1 ? n - 1 : null);
    }
}
