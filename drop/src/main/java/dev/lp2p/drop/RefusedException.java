package dev.lp2p.drop;

/** One file cannot be taken, or sent; the transfer goes on. */
final class RefusedException extends Exception {

    private final DropReason reason;

    RefusedException(DropReason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    RefusedException(DropReason reason, Throwable cause) {
        super(reason.sentence(), cause);
        this.reason = reason;
    }

    DropReason reason() {
        return reason;
    }
}
