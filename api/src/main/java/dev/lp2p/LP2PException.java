package dev.lp2p;

/** What a web page would get as a DOMException or TypeError: a name to act on, and a sentence that says what to do. */
public final class LP2PException extends RuntimeException {

    private final transient Name name;

    public LP2PException(Name name, String message) {
        super(message);
        this.name = name;
    }

    public LP2PException(Name name, String message, Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    public Name name() {
        return name;
    }

    /** The names that the draft and WebRTC use. */
    public enum Name {
        INVALID_STATE_ERROR,
        TYPE_ERROR,
        NOT_ALLOWED_ERROR,
        NOT_FOUND_ERROR,
        OPERATION_ERROR,
        NETWORK_ERROR,
        ABORT_ERROR
    }
}
