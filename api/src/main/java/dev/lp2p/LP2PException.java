package dev.lp2p;

import java.util.OptionalLong;

/** What a web page would get as a DOMException or TypeError: a name to act on, and a sentence that says what to do. */
public final class LP2PException extends RuntimeException {

    private static final long NO_CODE = -1;

    private final Name name;
    private final long streamErrorCode;

    /** @param message what happened and what to do about it */
    public LP2PException(Name name, String message) {
        super(message);
        this.name = name;
        this.streamErrorCode = NO_CODE;
    }

    /** @param message what happened and what to do about it */
    public LP2PException(Name name, String message, Throwable cause) {
        super(message, cause);
        this.name = name;
        this.streamErrorCode = NO_CODE;
    }

    private LP2PException(String message, long streamErrorCode) {
        super(message);
        this.name = Name.WEB_TRANSPORT_ERROR;
        this.streamErrorCode = streamErrorCode;
    }

    /** The peer reset a stream of a transport. */
    static LP2PException ofStream(String message, long errorCode) {
        return new LP2PException(message, errorCode);
    }

    /** The kind of error, to act on. */
    public Name name() {
        return name;
    }

    /**
     * With which code the peer reset the stream, where this is about one and the code is known.
     *
     * @see <a href="https://www.w3.org/TR/webtransport/#web-transport-error-interface">WebTransportError</a>
     */
    public OptionalLong streamErrorCode() {
        return streamErrorCode < 0 ? OptionalLong.empty() : OptionalLong.of(streamErrorCode);
    }

    /** The names that the draft and WebRTC use. */
    public enum Name {
        /** Too early, too late, or twice: the object is not in a state for it. */
        INVALID_STATE_ERROR,
        /** A value that cannot be. */
        TYPE_ERROR,
        /** The user did not allow it, or the device could not be authenticated. */
        NOT_ALLOWED_ERROR,
        /** The device is gone, or nobody there takes the connection. */
        NOT_FOUND_ERROR,
        /** Too much at once, or what it needs is not there. */
        OPERATION_ERROR,
        /** The device or the network does not answer. */
        NETWORK_ERROR,
        /** It was cancelled, or what it belongs to was closed. */
        ABORT_ERROR,
        /** A stream or a whole transport broke; {@link LP2PException#streamErrorCode()} says which. */
        WEB_TRANSPORT_ERROR
    }
}
