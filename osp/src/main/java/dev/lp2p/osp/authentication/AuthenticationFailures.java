package dev.lp2p.osp.authentication;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.agent.OspException.Kind;
import dev.lp2p.osp.message.AuthStatusResult;

/** What the peer's result means, in words for the user of this side. */
final class AuthenticationFailures {

    static OspException fromPeer(AuthStatusResult result) {
        return switch (result) {
            case AUTHENTICATED -> throw new IllegalArgumentException("Not a failure");
            case TIMEOUT -> new OspException(Kind.AUTHENTICATION_CANCELLED, "The code was not entered in time");
            case SECRET_UNKNOWN ->
                new OspException(Kind.AUTHENTICATION_CANCELLED, "The code was dismissed at the other device");
            case VALIDATION_TOOK_TOO_LONG ->
                new OspException(Kind.AUTHENTICATION_CANCELLED, "The other device did not get our proof in time");
            case PROOF_INVALID ->
                new OspException(Kind.AUTHENTICATION_FAILED, "The code was wrong; try again with a new code");
            case UNKNOWN_ERROR ->
                new OspException(
                        Kind.AUTHENTICATION_FAILED, "The other device refused to authenticate; try again later");
        };
    }

    private AuthenticationFailures() {}
}
