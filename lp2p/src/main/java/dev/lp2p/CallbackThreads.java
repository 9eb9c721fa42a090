package dev.lp2p;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Where listeners and the user's questions run: the program's executor, or threads of our own, since they may block. */
final class CallbackThreads implements Executor, AutoCloseable {

    private final Executor executor;
    private final @Nullable ExecutorService own;

    CallbackThreads(@Nullable Executor given) {
        if (given != null) {
            own = null;
            executor = given;
        } else {
            own = newThreads();
            executor = own;
        }
    }

    @Override
    public void execute(Runnable task) {
        executor.execute(task);
    }

    /** Lets what was submitted run, and takes nothing more. */
    @Override
    public void close() {
        if (own != null) {
            own.shutdown();
        }
    }

    private static ExecutorService newThreads() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "lp2p-callbacks-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
