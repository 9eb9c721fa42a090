package dev.lp2p;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Completes futures of the program, whose continuations are its own and run on the callback executor. */
final class Completions {

    private Completions() {}

    static void run(Executor callbacks, Runnable completion) {
        try {
            callbacks.execute(completion);
        } catch (RejectedExecutionException closed) {
            // The manager is closed, and its threads with it; whoever waits is told all the same.
            completion.run();
        }
    }
}
