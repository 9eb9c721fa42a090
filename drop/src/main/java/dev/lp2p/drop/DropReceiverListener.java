package dev.lp2p.drop;

import java.util.concurrent.CompletionStage;

/** What a receiver is asked and told, one call after another. While a call blocks, the sender waits. */
public interface DropReceiverListener {

    /** Whether to take what is offered; the answer may come at any time from any thread, and a failure declines. */
    CompletionStage<Decision> onOffer(DropOffer offer);

    /**
     * Once for about every MiB, and at the end.
     *
     * @param bytes done with, of files that arrived or were refused
     * @param file the path of the one that is arriving
     */
    default void onProgress(long bytes, long total, String file) {}

    default void onFileReceived(DropFile file) {}

    /** A file did not arrive; the transfer goes on. */
    default void onFileRefused(String path, DropReason reason) {}

    /** The end of what an offer began, also of one that was declined or never answered. */
    default void onFinished(DropResult result) {}

    enum Decision {
        ACCEPT,
        DECLINE
    }
}
