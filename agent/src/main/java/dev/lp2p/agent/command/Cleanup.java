package dev.lp2p.agent.command;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What has to happen before the process ends, the latest first, whether a command returns, fails, or a signal ends the
 * process; each thing happens once.
 */
final class Cleanup implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Cleanup.class.getName());

    private final Deque<AutoCloseable> steps = new ArrayDeque<>();
    private boolean closed;

    /** Adds {@code step}, and returns it. Where everything has been cleaned up already, does so at once. */
    <T extends AutoCloseable> T add(T step) {
        synchronized (this) {
            if (!closed) {
                steps.push(step);
                return step;
            }
        }
        run(step);
        return step;
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!steps.isEmpty()) {
            run(steps.pop());
        }
    }

    // Whatever a step throws must not keep the others from happening.
    private static void run(AutoCloseable step) {
        try {
            step.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "Could not clean up", e);
        }
    }
}
