package dev.lp2p;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What every connection of a site or program has in common.
 *
 * @param callbacks where what may block runs
 * @param listeners where listeners run
 */
record ConnectionContext(
        ScheduledExecutorService loop,
        InstantSource clock,
        LP2PSettings settings,
        Executor callbacks,
        Executor listeners) {

    /**
     * Runs a task on the loop.
     *
     * @return false if the manager is closed, so that nothing is left that the task could be about
     */
    boolean post(Runnable task) {
        return post(loop, task);
    }

    /** The same, on a loop. */
    static boolean post(Executor loop, Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }
}
