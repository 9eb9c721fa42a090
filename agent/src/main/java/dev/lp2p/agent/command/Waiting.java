package dev.lp2p.agent.command;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits on the command's thread for what happens on others. */
final class Waiting {

    private Waiting() {}

    /** The result, or the failure as it was thrown. */
    static <T> T forResult(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
