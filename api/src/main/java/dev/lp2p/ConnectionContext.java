package dev.lp2p;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/** What every connection of a manager has in common. */
record ConnectionContext(
        ScheduledExecutorService loop, InstantSource clock, LP2PSettings settings, Executor callbacks) {

    /** Where listeners run. */
    Executor listeners() {
        return settings.listenersOnLoop() ? loop : callbacks;
    }

    /**
     * Runs a task on the loop.
     *
     * @return false if the manager is closed, so that nothing is left that the task could be about
     */
    boolean post(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }
}
