package dev.lp2p.gateway;

/** A page does not keep to the protocol: what it is told, and unless a later page might be right, cut off for. */
final class ProtocolViolation extends RuntimeException {

    /** As the protocol names them. */
    enum Code {
        BAD_MESSAGE("bad-message"),
        UNKNOWN_TYPE("unknown-type"),
        UNKNOWN_THING("unknown-thing"),
        TOO_MANY("too-many");

        private final String wireName;

        Code(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    private final Code code;

    ProtocolViolation(Code code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static ProtocolViolation badMessage(String message) {
        return new ProtocolViolation(Code.BAD_MESSAGE, message);
    }

    static ProtocolViolation tooMany(String message) {
        return new ProtocolViolation(Code.TOO_MANY, message);
    }

    Code code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
