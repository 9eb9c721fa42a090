package dev.lp2p.osp.authentication;

/** The peer's public value is none that an honest peer sends. Hostile input is expected, so it has no stack trace. */
final class InvalidPublicValueException extends Exception {

    InvalidPublicValueException(String reason) {
        super(reason, null, false, false);
    }
}
