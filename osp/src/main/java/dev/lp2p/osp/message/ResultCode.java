package dev.lp2p.osp.message;

/** The {@code result} of a response. */
public enum ResultCode {
    SUCCESS(1),
    INVALID_URL(10),
    INVALID_PRESENTATION_ID(11),
    TIMEOUT(100),
    TRANSIENT_ERROR(101),
    PERMANENT_ERROR(102),
    TERMINATING(103),
    UNKNOWN_ERROR(199);

    private final int value;

    ResultCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
