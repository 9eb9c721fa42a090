package dev.lp2p;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Waits for a future on behalf of a program's thread. */
final class Waiting {

    private Waiting() {}

    static <T extends @Nullable Object> T get(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            // One for each time that it is thrown, with the trace of whom it is thrown at.
            throw Failures.of(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new LP2PException(LP2PException.Name.ABORT_ERROR, "The thread was interrupted as it waited", e);
        }
    }
}
