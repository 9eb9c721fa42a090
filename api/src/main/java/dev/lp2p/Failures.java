package dev.lp2p;

import dev.lp2p.osp.agent.OspException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What a failure below means to the program. */
final class Failures {

    private Failures() {}

    static LP2PException of(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof LP2PException known) {
            return known;
        }
        if (failure instanceof OspException osp) {
            return new LP2PException(nameOf(osp.kind()), String.valueOf(osp.getMessage()), osp);
        }
        if (failure instanceof CancellationException) {
            return new LP2PException(LP2PException.Name.ABORT_ERROR, "It was cancelled", failure);
        }
        return new LP2PException(LP2PException.Name.OPERATION_ERROR, "It failed: " + failure, failure);
    }

    static boolean isOf(@Nullable Throwable failure, OspException.Kind kind) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return cause instanceof OspException osp && osp.kind() == kind;
    }

    private static LP2PException.Name nameOf(OspException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, REPLACED, PROTOCOL_ERROR -> LP2PException.Name.NETWORK_ERROR;
            case WRONG_PEER, AUTHENTICATION_FAILED, TOO_MANY_ATTEMPTS -> LP2PException.Name.NOT_ALLOWED_ERROR;
            case UNAVAILABLE -> LP2PException.Name.NOT_FOUND_ERROR;
            case AUTHENTICATION_CANCELLED -> LP2PException.Name.ABORT_ERROR;
        };
    }
}
