package dev.lp2p.osp.agent;

/** Why an agent could not do what was asked, in a sentence that a person can act on. */
public final class OspException extends Exception {

    private final Kind kind;

    public OspException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public OspException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What went wrong, for a program to act on. */
    public enum Kind {
        /** Nobody answered at the advertised addresses. */
        UNREACHABLE,
        /** Whoever answered is not who was advertised. */
        WRONG_PEER,
        /** The code was wrong, or the peer could not prove that it knows it. */
        AUTHENTICATION_FAILED,
        /** A user dismissed the prompt, here or there, or nobody answered it in time. */
        AUTHENTICATION_CANCELLED,
        /** The peer went on with another connection to this device. */
        REPLACED,
        /** The peer has no receiver for it, or its user declined; which of the two is not told. */
        UNAVAILABLE,
        /** Too many failures lately; waiting helps. */
        TOO_MANY_ATTEMPTS,
        /** The peer broke the protocol, or closed. */
        PROTOCOL_ERROR
    }
}
