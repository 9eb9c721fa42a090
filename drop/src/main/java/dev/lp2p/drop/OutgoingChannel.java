package dev.lp2p.drop;

import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import dev.lp2p.MessageData;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A data channel as its sender's thread sees it: the channel's events, which come on another, become messages to fetch
 * and changes to wait for. Holds no more messages than there can be results.
 */
final class OutgoingChannel {

    private static final System.Logger LOG = System.getLogger(OutgoingChannel.class.getName());

    private static final int MAX_UNREAD = DropProtocol.MAX_OUTSTANDING_RESULTS + 16;

    private final LP2PDataChannel channel;
    private final Queue<DropMessage> unread = new ArrayDeque<>();
    private long changes;
    private boolean cancelled;
    private boolean closed;
    private @Nullable ProtocolException violation;

    OutgoingChannel(LP2PDataChannel channel) {
        this.channel = channel;
        channel.setBufferedAmountLowThreshold(DropProtocol.WINDOW_LOW_BYTES);
        channel.onBufferedAmountLow(this::changed);
        channel.onOpen(this::changed);
        channel.onMessage(this::onMessage);
        channel.onClosing(this::onClose);
        channel.onClose(this::onClose);
        if (channel.readyState() == LP2PDataChannel.ReadyState.CLOSED) {
            // It closed before there was anyone to tell.
            onClose();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        changed();
    }

    boolean isOpen() {
        return channel.readyState() == LP2PDataChannel.ReadyState.OPEN;
    }

    boolean hasRoom() {
        return channel.bufferedAmount() < DropProtocol.WINDOW_BYTES;
    }

    /** Sends, unless the channel is closed, which {@link #poll()} tells after what the peer said last. */
    void send(DropMessage message) {
        try {
            channel.send(DropCodec.encode(message));
        } catch (LP2PException e) {
            LOG.log(System.Logger.Level.DEBUG, "A message found the channel closed", e);
        }
    }

    /** As {@link #send(DropMessage)}. */
    void send(ByteBuffer bytes) {
        try {
            channel.send(bytes);
        } catch (LP2PException e) {
            LOG.log(System.Logger.Level.DEBUG, "A file's bytes found the channel closed", e);
        }
    }

    /** Closes; who closes for a reason of its own says so first. */
    void close(@Nullable DropReason reason) {
        synchronized (this) {
            closed = true;
            unread.clear();
            changed();
        }
        try {
            if (reason != null && isOpen()) {
                channel.send(DropCodec.encode(new DropMessage.Cancel(reason)));
            }
        } catch (LP2PException e) {
            // Closed at this moment, which is what was wanted.
            return;
        }
        channel.close();
    }

    /** Counts everything that may make a condition true; taken before the condition is looked at. */
    synchronized long changes() {
        return changes;
    }

    synchronized void awaitChange(long seen) throws EndedException {
        waitWhile(() -> changes == seen);
    }

    /** The next message, or null if there is none now. */
    synchronized @Nullable DropMessage poll() throws ProtocolException, EndedException {
        DropMessage next = unread.poll();
        if (next != null) {
            // Lets a full inbox take the next.
            notifyAll();
            return next;
        }
        if (cancelled) {
            throw new EndedException(DropResult.Outcome.INCOMPLETE, DropReason.CANCELLED);
        }
        if (violation != null) {
            throw violation;
        }
        if (closed) {
            throw new EndedException(DropResult.Outcome.INCOMPLETE, DropReason.CHANNEL_LOST);
        }
        return null;
    }

    private synchronized void onMessage(MessageData data) {
        try {
            if (!(data instanceof MessageData.Text text)) {
                throw new ProtocolException("Bytes from a receiver");
            }
            DropMessage message = DropCodec.decode(text.value());
            waitWhile(() -> unread.size() >= MAX_UNREAD && !closed);
            if (!closed && violation == null) {
                unread.add(message);
            }
        } catch (ProtocolException e) {
            violation = e;
        } catch (EndedException e) {
            closed = true;
        }
        changed();
    }

    private synchronized void onClose() {
        closed = true;
        changed();
    }

    private synchronized void changed() {
        changes++;
        notifyAll();
    }

    private synchronized void waitWhile(BooleanSupplier condition) throws EndedException {
        try {
            while (condition.getAsBoolean()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EndedException(DropResult.Outcome.INCOMPLETE, DropReason.CANCELLED);
        }
    }
}
