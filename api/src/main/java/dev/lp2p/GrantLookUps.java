package dev.lp2p;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * Reads of everything that was granted, one after the other: however many a page asks for, one thread waits for the disk.
 * From any thread.
 */
final class GrantLookUps {

    /** Of one origin, also such as nobody wants any more, until their turn comes. */
    static final int MAX_WAITING = 16;

    private final Queue<LookUp> waiting = new ConcurrentLinkedQueue<>();
    private final Map<Origin, Integer> counts = new ConcurrentHashMap<>();
    private final EventQueue turns;

    GrantLookUps(Executor callbacks) {
        this.turns = new EventQueue(callbacks, this::takeTurns);
    }

    /**
     * @param read finds out itself whether anybody still wants it
     * @throws LP2PException {@code OperationError} if too many of the origin wait
     */
    void add(Origin origin, Runnable read) {
        if (counts.merge(origin, 1, Integer::sum) > MAX_WAITING) {
            leave(origin);
            throw new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    "Too many connections are resumed at once; wait until some of them are back, or failed");
        }
        waiting.add(new LookUp(origin, read));
        if (!turns.wake()) {
            // The manager is closed, and its threads with it.
            takeTurns();
        }
    }

    private void takeTurns() {
        for (LookUp next = waiting.poll(); next != null; next = waiting.poll()) {
            leave(next.origin);
            EventQueue.call(next.read);
        }
    }

    private void leave(Origin origin) {
        counts.computeIfPresent(origin, (same, count) -> count > 1 ? count - 1 : null);
    }

    private record LookUp(Origin origin, Runnable read) {}
}
