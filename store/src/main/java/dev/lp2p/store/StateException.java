package dev.lp2p.store;

/** The state folder cannot be used; the message says which one, what was found there and what to do. */
public final class StateException extends RuntimeException {

    StateException(String message) {
        super(message);
    }

    StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
