package dev.lp2p.osp.session;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.identity.DisplayText;
import dev.lp2p.osp.transport.ConnectionCloseReason;

/**
 * The application error codes that connections are closed with. The specification has 404 and 5139; the others are
 * ours, and repeat what an auth-status said, which may be lost as its connection ends.
 */
public final class CloseCode {

    /** A message that cannot be read, or that is out of turn. */
    static final long PROTOCOL_ERROR = 400;

    static final long AUTHENTICATION_FAILED = 401;

    /** A message that only an authenticated peer may send. */
    static final long NOT_AUTHENTICATED = 403;

    // https://w3c.github.io/openscreenprotocol/network.html#messages
    static final long UNKNOWN_TYPE_KEY = 404;

    static final long AUTHENTICATION_CANCELLED = 408;

    /** A newer session took the place. */
    public static final long REPLACED = 409;

    static final long TOO_MANY = 429;

    /** Nothing was heard of the peer, which may hear this late or never. */
    static final long NETWORK_LOST = 504;

    // https://w3c.github.io/openscreenprotocol/application.html#metadata
    static final long NOT_NEEDED = 5139;

    /** For no receiver there, and for a user there who declined. */
    static final String UNAVAILABLE = "Nothing on the other device takes the connection; start a receiver there";

    /** What is repeated of a peer's reason. */
    private static final int MAX_REASON = 120;

    static long of(SessionCloseReason reason) {
        return switch (reason) {
            // A peer that was forgotten need not know it.
            case CLOSED_HERE, CLOSED_BY_PEER, FORGOTTEN -> NOT_NEEDED;
            case NETWORK_LOST -> NETWORK_LOST;
            case REPLACED -> REPLACED;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
        };
    }

    static long of(Kind failure) {
        return switch (failure) {
            case UNREACHABLE, UNAVAILABLE -> NOT_NEEDED;
            case WRONG_PEER, AUTHENTICATION_FAILED -> AUTHENTICATION_FAILED;
            case AUTHENTICATION_CANCELLED -> AUTHENTICATION_CANCELLED;
            case REPLACED -> REPLACED;
            case TOO_MANY_ATTEMPTS -> TOO_MANY;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
        };
    }

    /** Why an authenticated session ended, when the connection ended by itself. */
    static SessionCloseReason toSessionReason(ConnectionCloseReason reason) {
        return switch (reason.kind()) {
            case LOCAL -> SessionCloseReason.CLOSED_HERE;
            case NETWORK_LOST -> SessionCloseReason.NETWORK_LOST;
            case TRANSPORT_ERROR -> SessionCloseReason.PROTOCOL_ERROR;
            case PEER -> {
                if (reason.errorCode() == NOT_NEEDED) {
                    yield SessionCloseReason.CLOSED_BY_PEER;
                }
                if (reason.errorCode() == NETWORK_LOST) {
                    yield SessionCloseReason.NETWORK_LOST;
                }
                yield reason.errorCode() == REPLACED ? SessionCloseReason.REPLACED : SessionCloseReason.PROTOCOL_ERROR;
            }
        };
    }

    /** Why nothing comes of what was asked for on a session that ended. */
    static OspException toFailure(SessionCloseReason reason) {
        return switch (reason) {
            case CLOSED_HERE, FORGOTTEN ->
                new OspException(Kind.AUTHENTICATION_CANCELLED, "The connection was closed on this device");
            case CLOSED_BY_PEER -> new OspException(Kind.UNAVAILABLE, UNAVAILABLE);
            case NETWORK_LOST -> new OspException(Kind.UNREACHABLE, "The device can no longer be reached");
            case REPLACED ->
                new OspException(
                        Kind.REPLACED, "The other device went on with another connection to this one; try again");
            case PROTOCOL_ERROR ->
                new OspException(
                        Kind.PROTOCOL_ERROR,
                        "One of the two devices broke the protocol; try again, or update the older of the two");
        };
    }

    /** Why a connection ended before its session was authenticated. */
    static OspException toFailure(ConnectionCloseReason reason) {
        return switch (reason.kind()) {
            case LOCAL -> new OspException(Kind.AUTHENTICATION_CANCELLED, "The connection was closed on this device");
            case NETWORK_LOST -> new OspException(Kind.UNREACHABLE, "The device can no longer be reached");
            case TRANSPORT_ERROR ->
                new OspException(
                        Kind.PROTOCOL_ERROR, "The connection broke: " + DisplayText.clean(reason.reason(), MAX_REASON));
            case PEER -> closedByPeer(reason);
        };
    }

    private static OspException closedByPeer(ConnectionCloseReason reason) {
        if (reason.errorCode() == AUTHENTICATION_FAILED) {
            return new OspException(Kind.AUTHENTICATION_FAILED, "The code was wrong; try again with a new code");
        }
        if (reason.errorCode() == AUTHENTICATION_CANCELLED) {
            return new OspException(Kind.AUTHENTICATION_CANCELLED, "The other device ended the authentication");
        }
        if (reason.errorCode() == TOO_MANY) {
            return new OspException(
                    Kind.TOO_MANY_ATTEMPTS, "The other device takes no more attempts now; wait, or look at its screen");
        }
        if (reason.errorCode() == NOT_NEEDED) {
            return new OspException(
                    Kind.AUTHENTICATION_CANCELLED,
                    "The other device closed the connection; try again when it is ready");
        }
        if (reason.errorCode() == REPLACED) {
            return new OspException(
                    Kind.REPLACED, "The other device went on with another connection to this one; try again");
        }
        String why = DisplayText.clean(reason.reason(), MAX_REASON);
        return new OspException(
                Kind.PROTOCOL_ERROR,
                "The other device closed the connection with error " + reason.errorCode()
                        + (why.isEmpty() ? "" : ": " + why) + "; try again, or update the older of the two");
    }

    private CloseCode() {}
}
