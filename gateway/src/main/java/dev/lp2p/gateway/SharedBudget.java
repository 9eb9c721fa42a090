package dev.lp2p.gateway;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Payload that the agent holds in one direction for all pages together. Where it is too much, a page of the site that holds
 * the most is cut off, the one that holds the most there: many sockets do not make another site pay. Belongs to the gateway's
 * loop.
 */
final class SharedBudget {

    private final Executor loop;
    private final ToLongFunction<PageSession> ofPage;
    private final Set<PageSession> pages = new LinkedHashSet<>();
    private volatile long most;
    private long held;
    private boolean isLookDue;

    SharedBudget(Executor loop, long most, ToLongFunction<PageSession> ofPage) {
        this.loop = loop;
        this.most = most;
        this.ofPage = ofPage;
    }

    void add(PageSession page) {
        pages.add(page);
    }

    /** The page is gone, with all that is held for it. */
    void remove(PageSession page) {
        if (pages.remove(page)) {
            held -= ofPage.applyAsLong(page);
        }
    }

    /** So much more is held, or less. */
    void hold(long bytes) {
        held += bytes;
        if (bytes > 0 && held > most && !isLookDue) {
            isLookDue = true;
            // Not within what a page just does.
            loop.execute(this::look);
        }
    }

    /** Bounds it otherwise from now on. */
    void limit(long bytes) {
        most = bytes;
    }

    private void look() {
        isLookDue = false;
        if (held <= most) {
            return;
        }
        // Not all that leaves is heard of as it does.
        pages.forEach(PageSession::recount);
        while (held > most - most / Limits.HELD_PARTS_BETWEEN_COUNTS && !pages.isEmpty()) {
            largest()
                    .fail(
                            ProtocolViolation.tooMany(
                                    "The pages on this device are behind with so much that this one, which has the most, has to end"));
        }
    }

    private PageSession largest() {
        Map<String, List<PageSession>> bySite = pages.stream()
                .collect(Collectors.groupingBy(
                        page -> SocketCounts.siteOf(page.origin().value())));
        return bySite.values().stream()
                .max(Comparator.comparingLong(
                        site -> site.stream().mapToLong(ofPage).sum()))
                .orElseThrow()
                .stream()
                .max(Comparator.comparingLong(ofPage))
                .orElseThrow();
    }
}
