package dev.lp2p.drop;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import dev.lp2p.MessageData;
import dev.lp2p.Peer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One transfer at its receiver: from the channel that the peer made to the last answer. */
final class IncomingDrop {

    private static final System.Logger LOG = System.getLogger(IncomingDrop.class.getName());

    private final Peer peer;
    private final LP2PDataChannel channel;
    private final DropReceiver.FolderOpener folderOpener;
    private final DropReceiverListener listener;
    private final AtomicReference<@Nullable IncomingDrop> active;
    private final Thread atExit = new Thread(this::removeUnfinished, "lp2p-drop-exit");

    private State state = State.AWAITING_OFFER;
    private DropMessage.@Nullable Offer offer;
    private @Nullable TargetFolder target;
    private @Nullable IncomingFiles files;

    private enum State {
        AWAITING_OFFER,
        AWAITING_DECISION,
        RECEIVING,
        FINISHED
    }

    IncomingDrop(
            Peer peer,
            LP2PDataChannel channel,
            DropReceiver.FolderOpener folderOpener,
            DropReceiverListener listener,
            AtomicReference<@Nullable IncomingDrop> active) {
        this.peer = peer;
        this.channel = channel;
        this.folderOpener = folderOpener;
        this.listener = listener;
        this.active = active;
    }

    void start() {
        channel.onClose(this::onClose);
        channel.onClosing(this::onClose);
        channel.onMessage(this::onMessage);
    }

    synchronized void cancel() {
        if (state != State.FINISHED) {
            finish(DropResult.Outcome.INCOMPLETE, DropReason.CANCELLED, new DropMessage.Cancel(DropReason.CANCELLED));
        }
    }

    private synchronized void onClose() {
        finish(DropResult.Outcome.INCOMPLETE, DropReason.CHANNEL_LOST, null);
    }

    private synchronized void onMessage(MessageData data) {
        if (state == State.FINISHED) {
            return;
        }
        try {
            if (data instanceof MessageData.Binary bytes) {
                receiving().bytes(bytes.value());
            } else if (data instanceof MessageData.Text text) {
                onControl(DropCodec.decode(text.value()));
            } else {
                throw new ProtocolException(DropReason.MALFORMED, "Files come as bytes, not as Blobs");
            }
            if (channel.bufferedAmount() > DropProtocol.MAX_UNREAD_ANSWERS_BYTES) {
                throw new ProtocolException(DropReason.ANSWERS_UNREAD, "Our answers lie unread");
            }
        } catch (ProtocolException e) {
            breakOff(e.reason(), e);
        } catch (RuntimeException e) {
            breakOff(DropReason.INTERNAL_ERROR, e);
        }
    }

    private void onControl(DropMessage message) throws ProtocolException {
        if (message instanceof DropMessage.Offer received) {
            onOffer(received);
        } else if (message instanceof DropMessage.Cancel cancel) {
            finish(DropResult.Outcome.INCOMPLETE, cancel.reason(), null);
        } else if (message instanceof DropMessage.FileHeader header) {
            receiving().begin(header);
        } else if (message instanceof DropMessage.Chunk chunk) {
            receiving().endChunk(chunk.sha256());
        } else if (message instanceof DropMessage.Checksum checksum) {
            receiving().endFile(checksum.sha256());
        } else if (message instanceof DropMessage.Abort) {
            receiving().abort();
        } else if (message instanceof DropMessage.End end) {
            DropMessage.Done done = receiving().end(end.files());
            boolean complete = receiving().isComplete();
            finish(complete ? DropResult.Outcome.COMPLETE : DropResult.Outcome.PARTIAL, null, done);
        } else {
            throw new ProtocolException("A message of a receiver, from a sender");
        }
    }

    private void onOffer(DropMessage.Offer received) throws ProtocolException {
        if (state != State.AWAITING_OFFER) {
            throw new ProtocolException("A second offer");
        }
        if (!active.compareAndSet(null, this)) {
            decline(DropReason.BUSY);
            return;
        }
        offer = received;
        DropReason obstacle = obstacle(received);
        if (obstacle != null) {
            decline(obstacle);
            return;
        }
        state = State.AWAITING_DECISION;
        listener.onOffer(new DropOffer(peer, received.transfer(), received.files(), received.bytes(), received.names()))
                .whenComplete((decision, failure) -> onDecision(failure == null ? decision : null));
    }

    private @Nullable DropReason obstacle(DropMessage.Offer received) {
        if (received.files() > DropProtocol.MAX_FILES) {
            return DropReason.TOO_MANY_FILES;
        }
        if (received.bytes() > DropProtocol.MAX_BYTES) {
            return DropReason.TOO_MANY_BYTES;
        }
        try {
            TargetFolder opened = new TargetFolder(folderOpener.open());
            target = opened;
            return opened.hasRoomFor(received.bytes()) ? null : DropReason.NO_SPACE;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The receiving folder cannot be opened", e);
            return DropReason.NOT_STORED;
        }
    }

    private synchronized void onDecision(DropReceiverListener.@Nullable Decision decision) {
        DropMessage.Offer accepted = offer;
        TargetFolder into = target;
        if (state != State.AWAITING_DECISION || accepted == null || into == null) {
            return;
        }
        if (decision != DropReceiverListener.Decision.ACCEPT) {
            decline(DropReason.DECLINED);
            return;
        }
        files = new IncomingFiles(accepted, into, listener, this::answer);
        state = State.RECEIVING;
        Runtime.getRuntime().addShutdownHook(atExit);
        answer(new DropMessage.Accept());
    }

    private IncomingFiles receiving() throws ProtocolException {
        if (files == null) {
            throw new ProtocolException("A message before the offer was accepted");
        }
        return files;
    }

    private void decline(DropReason reason) {
        finish(DropResult.Outcome.DECLINED, reason, new DropMessage.Decline(reason));
    }

    private void breakOff(DropReason reason, Exception cause) {
        LOG.log(System.Logger.Level.WARNING, "A transfer from " + peer.displayName() + " was broken off", cause);
        finish(DropResult.Outcome.INCOMPLETE, reason, new DropMessage.Cancel(reason));
    }

    private void answer(DropMessage message) {
        try {
            channel.send(DropCodec.encode(message));
        } catch (LP2PException e) {
            // Closed meanwhile: the close event follows, and ends the transfer.
            LOG.log(System.Logger.Level.DEBUG, "An answer found the channel closed", e);
        }
    }

    /** The peer hears of the end last: what it does next finds everything tidied, and the way free. */
    private void finish(DropResult.Outcome outcome, @Nullable DropReason reason, @Nullable DropMessage lastWord) {
        if (state == State.FINISHED) {
            return;
        }
        boolean receiving = state == State.RECEIVING;
        state = State.FINISHED;
        if (target != null) {
            target.close();
        }
        if (receiving) {
            forgetExit();
        }
        try {
            if (active.get() == this) {
                listener.onFinished(
                        files == null ? new DropResult(outcome, 0, 0, 0, reason) : files.finish(outcome, reason));
            }
        } finally {
            active.compareAndSet(this, null);
            if (lastWord != null) {
                answer(lastWord);
            }
            // After done the sender closes, once it has read it; every other end is ours to close.
            if (reason != null) {
                channel.close();
            }
        }
    }

    private void forgetExit() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "The program is already ending", e);
        }
    }

    private void removeUnfinished() {
        TargetFolder unfinished = target;
        if (unfinished != null) {
            unfinished.discard();
        }
    }
}
