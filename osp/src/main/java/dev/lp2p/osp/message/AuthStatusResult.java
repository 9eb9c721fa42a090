package dev.lp2p.osp.message;

/** How an authentication ended. */
public enum AuthStatusResult {
    AUTHENTICATED(0),
    UNKNOWN_ERROR(1),
    TIMEOUT(2),
    SECRET_UNKNOWN(3),
    VALIDATION_TOOK_TOO_LONG(4),
    PROOF_INVALID(5);

    private final int value;

    AuthStatusResult(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
