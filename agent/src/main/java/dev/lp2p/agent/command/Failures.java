package dev.lp2p.agent.command;

import dev.lp2p.LP2PException;
import dev.lp2p.store.StateException;

/** What a failure means at the command line: a sentence and a status. */
final class Failures {

    private Failures() {}

    static ExitStatus status(Throwable failure) {
        return failure instanceof CommandException known ? known.status() : ExitStatus.FAILED;
    }

    static String message(Throwable failure) {
        if (failure instanceof CommandException
                || failure instanceof StateException
                || failure instanceof LP2PException) {
            return String.valueOf(failure.getMessage());
        }
        return "Something went wrong that should not (" + failure + "). Please report it, with what -v shows.";
    }
}
