package dev.lp2p;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs one deliverer of events on an executor, never twice at a time, and again after each {@link #wake()}. However many
 * wakes come while it runs or waits, the executor gets one task.
 */
final class EventQueue {

    private static final System.Logger LOG = System.getLogger(EventQueue.class.getName());

    private final Executor executor;
    private final Runnable deliverer;
    private final AtomicInteger wakes = new AtomicInteger();

    EventQueue(Executor executor, Runnable deliverer) {
        this.executor = executor;
        this.deliverer = deliverer;
    }

    /** @return false if the executor takes nothing any more, so that nothing will be delivered */
    boolean wake() {
        if (wakes.getAndIncrement() > 0) {
            return true;
        }
        try {
            executor.execute(this::run);
            return true;
        } catch (RejectedExecutionException shutDown) {
            wakes.set(0);
            return false;
        } catch (Throwable failure) {
            // Such as that there is no thread to be had: the next wake tries again.
            wakes.set(0);
            throw failure;
        }
    }

    /** Runs a listener of the program; what it throws is the program's to find in the log, and ends nothing here. */
    static void call(Runnable listener) {
        try {
            listener.run();
        } catch (Throwable e) {
            // Also an Error, or what another language threw unchecked: the next event is due all the same.
            logFailure(e);
        }
    }

    static void logFailure(Throwable failure) {
        LOG.log(Level.ERROR, "A listener failed", failure);
    }

    private void run() {
        int seen = wakes.get();
        while (seen > 0) {
            call(deliverer);
            seen = wakes.addAndGet(-seen);
        }
    }
}
