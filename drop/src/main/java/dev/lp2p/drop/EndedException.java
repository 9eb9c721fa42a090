package dev.lp2p.drop;

/** A transfer came to an end before its end. */
final class EndedException extends Exception {

    private final DropResult.Outcome outcome;
    private final DropReason reason;

    EndedException(DropResult.Outcome outcome, DropReason reason) {
        super(reason.sentence());
        this.outcome = outcome;
        this.reason = reason;
    }

    DropResult.Outcome outcome() {
        return outcome;
    }

    DropReason reason() {
        return reason;
    }
}
