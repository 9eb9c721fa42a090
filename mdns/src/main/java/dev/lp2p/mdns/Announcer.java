package dev.lp2p.mdns;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Tells one link of records unasked: twice, a second apart, and never faster, however often they change.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6762#section-8.3">Announcing</a>
 */
final class Announcer {

    private final Loop loop;
    private final Sender sender;
    private final Claim claim;
    private @Nullable Future<?> timer;
    private Instant last = Instant.EPOCH;
    private int left;

    Announcer(Loop loop, Sender sender, Claim claim) {
        this.loop = loop;
        this.sender = sender;
        this.claim = claim;
    }

    void announce(LocalInterface link) {
        stop();
        left = Protocol.ANNOUNCEMENTS;
        Instant earliest = last.plus(Protocol.ANNOUNCE_INTERVAL);
        Instant now = loop.now();
        if (earliest.isAfter(now)) {
            timer = loop.after(Duration.between(now, earliest), () -> step(link));
        } else {
            step(link);
        }
    }

    /** Takes back what was announced: https://www.rfc-editor.org/rfc/rfc6762#section-10.1 */
    void sayGoodbye(LocalInterface link) {
        stop();
        last = Instant.EPOCH;
        // That services of a type exist may be true of others, and may just run out.
        List<Resource> records = records(link).stream()
                .filter(resource -> !resource.name().equals(Names.SERVICE_TYPES))
                .map(resource -> resource.withTtl(Duration.ZERO))
                .toList();
        sender.multicast(link, records, List.of());
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void step(LocalInterface link) {
        last = loop.now();
        left--;
        sender.multicast(link, records(link), List.of());
        timer = left > 0 ? loop.after(Protocol.ANNOUNCE_INTERVAL, () -> step(link)) : null;
    }

    private List<Resource> records(LocalInterface link) {
        List<Resource> records = new ArrayList<>(claim.shared());
        records.addAll(claim.unique(link));
        return records;
    }
}
