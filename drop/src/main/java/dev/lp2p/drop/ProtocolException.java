package dev.lp2p.drop;

/** The peer broke the protocol; the transfer ends. */
final class ProtocolException extends Exception {

    private final DropReason reason;

    ProtocolException(DropReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ProtocolException(String message) {
        this(DropReason.MALFORMED, message);
    }

    DropReason reason() {
        return reason;
    }
}
