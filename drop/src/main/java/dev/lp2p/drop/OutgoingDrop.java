package dev.lp2p.drop;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannelInit;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One transfer at its sender, from {@link DropSender#send}. */
public final class OutgoingDrop {

    private static final System.Logger LOG = System.getLogger(OutgoingDrop.class.getName());

    private final FileTree tree;
    private final DropSenderListener listener;
    private final String transfer;
    private final OutgoingChannel channel;
    private final CompletableFuture<DropResult> result = new CompletableFuture<>();

    OutgoingDrop(LP2PConnection connection, FileTree tree, DropSenderListener listener, String transfer) {
        this.tree = tree;
        this.listener = listener;
        this.transfer = transfer;
        this.channel = new OutgoingChannel(connection.createDataChannel(
                DropProtocol.CHANNEL_LABEL, new LP2PDataChannelInit(DropProtocol.NAME, null)));
    }

    /**
     * How it ended, according to what the receiver confirmed. Completes exceptionally with a {@link DropException} if
     * there is nothing to send or too much, and otherwise only for a fault in this program.
     */
    public CompletableFuture<DropResult> result() {
        return result.copy();
    }

    /** Ends the transfer if it has not ended; what the receiver confirmed until then stays with it. */
    public void cancel() {
        channel.cancel();
    }

    void start() {
        Thread thread = new Thread(this::run, "lp2p-drop-send");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            DropMessage.Offer offer = count();
            OutgoingFiles files = new OutgoingFiles(offer, channel, listener);
            DropResult ended = send(offer, files);
            channel.close(closingReason(ended));
            result.complete(ended);
        } catch (DropException e) {
            channel.close(DropReason.CANCELLED);
            result.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            channel.close(DropReason.INTERNAL_ERROR);
            result.completeExceptionally(e);
        }
    }

    private DropResult send(DropMessage.Offer offer, OutgoingFiles files) {
        try {
            files.until(channel::isOpen);
            channel.send(offer);
            listener.onOffered(offer.files(), offer.bytes());
            files.until(files::isAccepted);
            listener.onAccepted();
            tree.walk(files);
            files.end();
            return files.result(files.isComplete() ? DropResult.Outcome.COMPLETE : DropResult.Outcome.PARTIAL, null);
        } catch (EndedException e) {
            LOG.log(System.Logger.Level.DEBUG, "A transfer ended early", e);
            files.failUnconfirmed();
            return files.result(e.outcome(), e.reason());
        }
    }

    private static @Nullable DropReason closingReason(DropResult ended) {
        return ended.outcome() == DropResult.Outcome.INCOMPLETE ? ended.reason() : null;
    }

    private DropMessage.Offer count() {
        Counter counter = new Counter();
        try {
            tree.walk(counter);
        } catch (EndedException e) {
            throw new DropException(e.reason().sentence());
        }
        if (counter.files == 0) {
            throw new DropException("There is no file in what was named; name a file, or a folder that has one");
        }
        return new DropMessage.Offer(
                transfer, counter.files, counter.bytes, tree.names(DropProtocol.MAX_OFFERED_NAMES));
    }

    /** What is missing or in the way is reported when its turn comes, not when it is counted. */
    private static final class Counter implements FileTree.Visitor {
        private int files;
        private long bytes;

        @Override
        public void file(Path file, String path, BasicFileAttributes attributes) throws EndedException {
            files++;
            bytes += attributes.size();
            if (files > DropProtocol.MAX_FILES) {
                throw new EndedException(DropResult.Outcome.INCOMPLETE, DropReason.TOO_MANY_FILES);
            }
            if (bytes > DropProtocol.MAX_BYTES) {
                throw new EndedException(DropResult.Outcome.INCOMPLETE, DropReason.TOO_MANY_BYTES);
            }
        }

        @Override
        public void failed(String path, DropReason reason) {}

        @Override
        public void skipped(String path, DropReason reason) {}
    }
}
