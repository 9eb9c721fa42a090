package dev.lp2p;

import java.util.OptionalLong;

/** What a web page would get as a DOMException or TypeError: a name to act on, and a sentence that says what to do. */
public final class LP2PException extends RuntimeException {

    private static final long NO_CODE = -1;

    private final transient Name name;
    private final long streamErrorCode;

    public LP2PException(Name name, String message) {
        super(message);
        this.name = name;
        this.streamErrorCode = NO_CODE;
    }

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
        INVALID_STATE_ERROR,
        TYPE_ERROR,
        NOT_ALLOWED_ERROR,
        NOT_FOUND_ERROR,
        OPERATION_ERROR,
        NETWORK_ERROR,
        ABORT_ERROR,
        /** A stream or a whole transport broke; {@link LP2PException#streamErrorCode()} says which. */
        WEB_TRANSPORT_ERROR
    }
}
