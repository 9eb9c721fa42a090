package dev.lp2p.osp.message;

/** Carries the reason of a {@link MalformedMessage} out of the parser. Hostile input is expected, so it has no stack trace. */
final class MalformedException extends Exception {

    MalformedException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        String reason = getMessage();
        return reason == null ? "" : reason;
    }
}
