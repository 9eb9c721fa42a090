package dev.lp2p.store;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Writes in the order of asking, on a thread of its own, so that who asks need not wait for the disk. */
final class WriteQueue implements AutoCloseable {

    /** For what was asked before the end; longer than a writer waits for another process. */
    private static final long CLOSE_SECONDS = 10;

    private static final System.Logger LOG = System.getLogger(WriteQueue.class.getName());

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread writer = new Thread(task, "lp2p-store");
        writer.setDaemon(true);
        return writer;
    });

    /** Writes later; a failure is logged, and ends this task only. */
    void later(Runnable task) {
        thread.execute(() -> {
            try {
                task.run();
            } catch (StateException e) {
                LOG.log(System.Logger.Level.WARNING, "Not kept: {0}", e.getMessage());
            }
        });
    }

    /** Waits for everything that was asked before, and then for the task. */
    <T> T now(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateException("Interrupted while the state was written", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StateException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "The last changes of the state are not on the disk");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
