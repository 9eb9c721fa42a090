package dev.lp2p.drop;

import org.jspecify.annotations.Nullable;

/**
 * How a transfer ended. Which files arrived, the listener was told one by one; here are the totals.
 *
 * @param files that arrived whole, which at the sender means that the receiver confirmed them
 * @param failed files that did not, as far as they are known
 * @param bytes of the files that arrived whole
 * @param reason why, unless the outcome is complete or partial
 */
public record DropResult(
        Outcome outcome,
        int files,
        int failed,
        long bytes,
        @Nullable DropReason reason) {

    public enum Outcome {
        /** Every file that was offered arrived. */
        COMPLETE,
        /** The transfer ran to its end, and some files were refused or could not be read. */
        PARTIAL,
        /** Nothing was sent: the receiver did not want it, or could not take it. */
        DECLINED,
        /** Broken off by one of the two sides, or by the network. */
        INCOMPLETE
    }
}
