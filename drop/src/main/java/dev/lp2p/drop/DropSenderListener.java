package dev.lp2p.drop;

/** What a sender is told, one call after another on the transfer's own thread, which may block. */
public interface DropSenderListener {

    /** The files were counted, and the peer is being asked. */
    default void onOffered(int files, long bytes) {}

    /** The peer said yes. */
    default void onAccepted() {}

    /**
     * Once for about every MiB, and at the end.
     *
     * @param bytes that were handed to the transport, or are not going to be
     * @param file the path of the one that is being sent
     */
    default void onProgress(long bytes, long total, String file) {}

    /** The receiver has the whole file, and its checksum is ours. */
    default void onFileSent(DropFile file) {}

    /** A file, or what lies in a folder, does not arrive; the transfer goes on. */
    default void onFileFailed(String path, DropReason reason) {}

    /** A symbolic link or special file inside a folder, which was no part of the offer. */
    default void onFileSkipped(String path, DropReason reason) {}
}
