package dev.lp2p.drop;

import dev.lp2p.LP2PConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** Sends files and folders to a peer. */
public final class DropSender {

    private DropSender() {}

    /**
     * Offers the files and, if the peer takes them, sends them, reading each once. Folders are sent with all that is in
     * them, under their own name; symbolic links in them are not followed. Runs on a thread of its own.
     *
     * @throws DropException if one of the paths is not a file or folder, or is a symbolic link
     * @throws dev.lp2p.LP2PException if the connection is closed
     */
    public static OutgoingDrop send(LP2PConnection connection, List<Path> paths, DropSenderListener listener) {
        return send(connection, paths, listener, UUID.randomUUID().toString());
    }

    static OutgoingDrop send(
            LP2PConnection connection, List<Path> paths, DropSenderListener listener, String transfer) {
        OutgoingDrop drop = new OutgoingDrop(connection, FileTree.of(paths), listener, transfer);
        drop.start();
        return drop;
    }
}
