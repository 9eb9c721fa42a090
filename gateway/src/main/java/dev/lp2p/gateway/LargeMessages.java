package dev.lp2p.gateway;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who of a page's channels may gather a message above its window: a few at a time, and the others in turn, so that however
 * many are begun, what the agent holds of them is bounded. Belongs to the gateway's loop.
 */
final class LargeMessages {

    private final Set<PageChannel> gathering = new LinkedHashSet<>();
    private final Set<PageChannel> waiting = new LinkedHashSet<>();

    /** Whether the channel may go on; if not, it is told when it may. */
    boolean mayGather(PageChannel channel) {
        if (gathering.contains(channel)) {
            return true;
        }
        if (gathering.size() >= Limits.LARGE_MESSAGES) {
            waiting.add(channel);
            return false;
        }
        waiting.remove(channel);
        return gathering.add(channel);
    }

    /** Its message has left, or never will. */
    void done(PageChannel channel) {
        waiting.remove(channel);
        if (gathering.remove(channel) && !waiting.isEmpty()) {
            waiting.iterator().next().gatherOn();
        }
    }
}
