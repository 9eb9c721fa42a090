package dev.lp2p.gateway;

import dev.lp2p.LP2PException;
import dev.lp2p.gateway.GatewayMessage.PageError;
import java.util.concurrent.CompletionException;

/** What a failure is called in a page. */
final class PageErrors {

    private PageErrors() {}

    static PageError of(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof LP2PException known) {
            return new PageError(nameOf(known.name()), String.valueOf(known.getMessage()));
        }
        // What else went wrong is the agent's own, and nothing of it is a page's to read.
        return new PageError("OperationError", "It failed in the agent");
    }

    // https://webidl.spec.whatwg.org/#dfn-error-names-table
    private static String nameOf(LP2PException.Name name) {
        return switch (name) {
            case INVALID_STATE_ERROR -> "InvalidStateError";
            case TYPE_ERROR -> "TypeError";
            case NOT_ALLOWED_ERROR -> "NotAllowedError";
            case NOT_FOUND_ERROR -> "NotFoundError";
            case OPERATION_ERROR -> "OperationError";
            // The page's library makes a WebTransportError of it where one belongs.
            case NETWORK_ERROR, WEB_TRANSPORT_ERROR -> "NetworkError";
            case ABORT_ERROR -> "AbortError";
        };
    }
}
