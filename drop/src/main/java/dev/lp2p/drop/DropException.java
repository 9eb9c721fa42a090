package dev.lp2p.drop;

/** What was asked for cannot be sent, in a sentence that a person can act on. Nothing was offered to the peer. */
public final class DropException extends RuntimeException {

    public DropException(String message) {
        super(message);
    }
}
