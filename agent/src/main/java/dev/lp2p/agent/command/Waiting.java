package dev.lp2p.agent.command;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits on the command's thread for what happens on others; interrupting that thread ends the command in order. */
final class Waiting {

    private Waiting() {}

    /** The result, or the failure as it was thrown. */
    static <T> T forResult(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            // The flag stays down, since cleaning up has to wait as well.
            throw new CommandException(ExitStatus.FAILED, "Interrupted.", e);
        }
    }
}
