package dev.lp2p.drop;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes files that a peer sends, into one folder and nothing outside it, whatever the peer says: no file is
 * overwritten, no link is followed, and what is not whole is removed. One transfer at a time; a second is told that this
 * one is busy.
 */
public final class DropReceiver {

    private static final System.Logger LOG = System.getLogger(DropReceiver.class.getName());

    private final FolderOpener folder;
    private final DropReceiverListener listener;
    private final AtomicReference<@Nullable IncomingDrop> active = new AtomicReference<>();

    /** @param folder exists, and may be reached through links, since the user chose it */
    public DropReceiver(Path folder, DropReceiverListener listener) {
        this(() -> Folder.root(folder), listener);
    }

    DropReceiver(FolderOpener folder, DropReceiverListener listener) {
        this.folder = folder;
        this.listener = listener;
    }

    /** Opens the receiving folder anew for each transfer. */
    interface FolderOpener {
        Folder open() throws IOException;
    }

    /** Takes every channel that the peer makes on this connection, and closes those for anything else than a drop. */
    public void attach(LP2PConnection connection) {
        connection.onDataChannel(event -> onDataChannel(connection, event.channel()));
    }

    /** Ends the transfer that runs, if one does, and removes what is not whole. */
    public void cancel() {
        IncomingDrop drop = active.get();
        if (drop != null) {
            drop.cancel();
        }
    }

    private void onDataChannel(LP2PConnection connection, LP2PDataChannel channel) {
        if (channel.protocol().equals(DropProtocol.NAME)) {
            new IncomingDrop(connection.peer(), channel, folder, listener, active).start();
            return;
        }
        if (channel.protocol().startsWith(DropProtocol.NAME_OF_ANY_VERSION)) {
            refuseVersion(channel);
        } else {
            channel.close();
        }
    }

    private static void refuseVersion(LP2PDataChannel channel) {
        if (channel.readyState() == LP2PDataChannel.ReadyState.CONNECTING) {
            channel.onOpen(() -> refuseVersion(channel));
            return;
        }
        try {
            channel.send(DropCodec.encode(new DropMessage.Cancel(DropReason.UNSUPPORTED_VERSION)));
        } catch (LP2PException e) {
            LOG.log(System.Logger.Level.DEBUG, "A channel of another version closed by itself", e);
        }
        channel.close();
    }
}
