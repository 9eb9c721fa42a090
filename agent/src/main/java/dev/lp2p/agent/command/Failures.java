package dev.lp2p.agent.command;

import dev.lp2p.LP2PException;
import dev.lp2p.drop.DropException;
import dev.lp2p.osp.agent.OspException;
import dev.lp2p.store.StateException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a failure means at the command line: a sentence and a status. */
final class Failures {

    private Failures() {}

    static ExitStatus status(Throwable failure) {
        Optional<CommandException> own = cause(failure, CommandException.class);
        if (own.isPresent()) {
            return own.get().status();
        }
        Optional<OspException> osp = cause(failure, OspException.class);
        if (osp.isPresent()) {
            return switch (osp.get().kind()) {
                case AUTHENTICATION_FAILED, WRONG_PEER, TOO_MANY_ATTEMPTS -> ExitStatus.AUTHENTICATION_FAILED;
                case AUTHENTICATION_CANCELLED, REPLACED, UNAVAILABLE, UNREACHABLE -> ExitStatus.DECLINED;
                case PROTOCOL_ERROR -> ExitStatus.FAILED;
            };
        }
        if (failure instanceof LP2PException api && api.name() == LP2PException.Name.NOT_FOUND_ERROR) {
            return ExitStatus.NOT_FOUND;
        }
        return failure instanceof DropException ? ExitStatus.USAGE : ExitStatus.FAILED;
    }

    static String message(Throwable failure) {
        Optional<CommandException> own = cause(failure, CommandException.class);
        if (own.isPresent()) {
            return String.valueOf(own.get().getMessage());
        }
        if (failure instanceof StateException || failure instanceof LP2PException || failure instanceof DropException) {
            return sentence(String.valueOf(failure.getMessage()));
        }
        return "Something went wrong that should not (" + failure + "). Please report it, with what -v shows.";
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
