package dev.lp2p.gateway;

import java.util.function.LongConsumer;

/** Payload that a page sent on a flow, or on the socket, and has no credit for again yet. */
final class IncomingWindow {

    /** A message for each half of a window costs little, and does not let the page run dry. */
    static final int LUMPS = 2;

    private final long size;
    private final LongConsumer giveCredit;
    private long held;
    private long used;

    IncomingWindow(long size, LongConsumer giveCredit) {
        this.size = size;
        this.giveCredit = giveCredit;
    }

    /** @throws ProtocolViolation if the page had no credit for it */
    void receive(int bytes) {
        held += bytes;
        if (held + used > size) {
            throw ProtocolViolation.badMessage("More was sent than there was credit for");
        }
    }

    /** So much of what was received is held no longer; gives credit in lumps. */
    void use(long bytes) {
        held -= bytes;
        used += bytes;
        if (used >= size / LUMPS) {
            giveAll();
        }
    }

    /** Gives what is due, however little. */
    void giveAll() {
        if (used > 0) {
            long due = used;
            used = 0;
            giveCredit.accept(due);
        }
    }

    long held() {
        return held;
    }
}
