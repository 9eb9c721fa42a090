package dev.lp2p;

import dev.lp2p.osp.datachannel.DataChannel;
import dev.lp2p.osp.datachannel.DataChannelListener;
import dev.lp2p.osp.datachannel.DataEncoding;
import dev.lp2p.osp.datachannel.DataFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel between two threads: the loop, which calls the {@link DataChannelListener}, and the queue of events, on which
 * {@link #deliver} runs. An event for which there is no listener yet waits for one.
 */
final class LP2PDataChannelImpl implements LP2PDataChannel, DataChannelListener {

    private final String label;
    private final String protocol;
    private final int id;
    private final Executor loop;
    private final ConnectionTraffic traffic;
    private final Runnable onEnded;
    private final OutgoingFrames outgoing;
    private final IncomingMessages incoming;
    private final EventQueue events;

    // Set on the loop, read by deliver().
    private volatile boolean opened;
    private volatile boolean low;
    private volatile boolean peerIsClosing;
    private volatile boolean hasUnsent;
    private volatile @Nullable Reason end;
    private volatile @Nullable Throwable blobFailure;

    private volatile ReadyState state;
    private volatile boolean announced;
    private volatile boolean closedHere;
    private volatile boolean paused;
    private volatile @Nullable Runnable openListener;
    private volatile @Nullable Consumer<MessageData> messageListener;
    private volatile @Nullable Runnable lowListener;
    private volatile @Nullable Consumer<LP2PException> errorListener;
    private volatile @Nullable Runnable closingListener;
    private volatile @Nullable Runnable closeListener;

    // The queue's.
    private boolean openIsDue;
    private boolean closingIsDue;
    private boolean closeIsDue;
    private @Nullable LP2PException error;

    // The loop's.
    private @Nullable DataChannel channel;

    /**
     * @param incoming whether the peer made it, so that it is open already, and its events wait for {@link #announced()}
     * @param onEnded called on the loop, once
     */
    LP2PDataChannelImpl(
            String label,
            String protocol,
            int id,
            boolean incoming,
            Executor loop,
            ChannelsWindow window,
            Executor listeners,
            Executor callbacks,
            ConnectionTraffic traffic,
            Runnable onEnded) {
        this.label = label;
        this.protocol = protocol;
        this.id = id;
        this.loop = loop;
        this.traffic = traffic;
        this.onEnded = onEnded;
        this.announced = !incoming;
        this.state = incoming ? ReadyState.OPEN : ReadyState.CONNECTING;
        this.events = new EventQueue(listeners, this::deliver);
        this.incoming = new IncomingMessages(loop, window, events::wake);
        this.outgoing = new OutgoingFrames(loop, callbacks, traffic, this::bufferedAmountIsLow, this::blobFailed);
    }

    /** The channel on the wire; on the loop, before any event. */
    void attach(DataChannel wire) {
        channel = wire;
        incoming.attach(wire);
        outgoing.attach(wire);
    }

    /** The program knows of the channel now, or never will. */
    void announced() {
        announced = true;
        wake();
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public ReadyState readyState() {
        return state;
    }

    @Override
    public long bufferedAmount() {
        return outgoing.bufferedAmount();
    }

    @Override
    public long unsentMessages() {
        return outgoing.unsentMessages();
    }

    @Override
    public long bufferedAmountLowThreshold() {
        return outgoing.lowThreshold();
    }

    @Override
    public void setBufferedAmountLowThreshold(long bytes) {
        if (bytes < 0) {
            throw new LP2PException(LP2PException.Name.TYPE_ERROR, "A threshold is 0 bytes or more, not " + bytes);
        }
        outgoing.setLowThreshold(bytes);
    }

    @Override
    public void send(String text) {
        requireOpen();
        send(DataEncoding.STRING, ByteBuffer.wrap(UsvString.of(text).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void send(ByteBuffer data) {
        requireOpen();
        send(DataEncoding.ARRAY_BUFFER, data.duplicate());
    }

    @Override
    public void send(LP2PBlob blob) {
        requireOpen();
        if (blob.size().orElse(0) < 0) {
            throw new LP2PException(LP2PException.Name.TYPE_ERROR, "A Blob has 0 bytes or more, not " + blob.size());
        }
        outgoing.add(blob);
    }

    @Override
    public LP2PBlobWriter sendBlob() {
        requireOpen();
        return new LP2PBlobWriter(this, outgoing.addBlob());
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        wake();
    }

    @Override
    public void close() {
        if (move(ReadyState.CONNECTING, ReadyState.CLOSING) || move(ReadyState.OPEN, ReadyState.CLOSING)) {
            closedHere = true;
            loop.execute(this::closeOnLoop);
            wake();
        }
    }

    @Override
    public void onOpen(Runnable listener) {
        openListener = listener;
        wake();
    }

    @Override
    public void onMessage(Consumer<MessageData> listener) {
        messageListener = listener;
        wake();
    }

    @Override
    public void onBufferedAmountLow(Runnable listener) {
        lowListener = listener;
    }

    @Override
    public void onError(Consumer<LP2PException> listener) {
        errorListener = listener;
        wake();
    }

    @Override
    public void onClosing(Runnable listener) {
        closingListener = listener;
        wake();
    }

    @Override
    public void onClose(Runnable listener) {
        closeListener = listener;
        wake();
    }

    @Override
    public void onOpen() {
        opened = true;
        wake();
    }

    @Override
    public void onMessage(DataEncoding encoding, ByteBuf payload) {
        traffic.received(payload.readableBytes());
        incoming.add(encoding, payload);
        wake();
    }

    @Override
    public void onBlobStart(OptionalLong size) {
        incoming.beginBlob(size);
        wake();
    }

    @Override
    public void onBlobChunk(ByteBuf chunk) {
        traffic.received(chunk.readableBytes());
        incoming.addToBlob(chunk);
        wake();
    }

    @Override
    public void onBlobEnd() {
        incoming.endBlob();
        wake();
    }

    @Override
    public void onDrained() {
        // Also while one large message leaves, or waits for a slow peer.
        traffic.touch();
        outgoing.settle();
    }

    @Override
    public void onClosing() {
        // The transport closes our side once what it has is gone, so what was sent so far goes there now.
        outgoing.flush();
        peerIsClosing = true;
        if (outgoing.isSendingBlob() && channel != null) {
            // The peer reads no more of it, and closing our side would cut its frame, which breaks the protocol.
            channel.abort();
        }
        outgoing.stop();
        wake();
    }

    @Override
    public void onClosed(Reason reason) {
        if (end != null) {
            return;
        }
        // Nobody finds out later what became of it.
        hasUnsent = outgoing.bufferedAmount() > 0;
        LP2PException error = errorOf(reason);
        incoming.cut(error == null ? closedHere() : error);
        end = reason;
        outgoing.end();
        onEnded.run();
        wake();
    }

    private void requireOpen() {
        ReadyState now = state;
        if (now != ReadyState.OPEN) {
            String advice = now == ReadyState.CONNECTING ? "wait for its event open" : "make a new one";
            throw new LP2PException(
                    LP2PException.Name.INVALID_STATE_ERROR,
                    "The channel \"" + label + "\" is " + now.name().toLowerCase(Locale.ROOT) + "; " + advice);
        }
    }

    /** Of a Blob that is being written. */
    void write(WrittenBlob blob, ByteBuffer data) {
        if (end != null) {
            return;
        }
        reserve(data.remaining());
        traffic.touch();
        blob.write(data);
    }

    private void send(DataEncoding encoding, ByteBuffer payload) {
        int bytes = payload.remaining();
        if (bytes > MAX_MESSAGE_BYTES) {
            throw new LP2PException(
                    LP2PException.Name.TYPE_ERROR,
                    "A message is at most " + MAX_MESSAGE_BYTES + " bytes, this one has " + bytes
                            + "; send it in parts");
        }
        reserve(bytes);
        traffic.touch();
        outgoing.add(DataFrame.encode(PooledByteBufAllocator.DEFAULT, encoding, payload), bytes);
    }

    private void reserve(int bytes) {
        if (!outgoing.reserve(bytes, MAX_BUFFERED_AMOUNT)) {
            throw new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    "The peer is slower than this program: " + outgoing.bufferedAmount()
                            + " bytes wait to be sent. Wait for the event bufferedamountlow before sending more");
        }
    }

    private void closeOnLoop() {
        outgoing.finish(() -> {
            if (channel != null) {
                channel.close();
            }
        });
    }

    /** A frame has begun that cannot be finished, so that only the end of the channel tells the peer. */
    private void blobFailed(Throwable failure) {
        blobFailure = failure;
        if (channel != null) {
            channel.abort();
        }
    }

    private void bufferedAmountIsLow() {
        low = true;
        wake();
    }

    private void wake() {
        if (!events.wake()) {
            incoming.discard(closedHere());
        }
    }

    /** Fires what is due, in the order in which it happened; one call at a time. */
    private void deliver() {
        if (!announced) {
            return;
        }
        // Read before the messages, all of which came before.
        boolean isClosing = peerIsClosing;
        Reason ended = end;
        deliverOpen();
        deliverMessages();
        if (low) {
            low = false;
            fire(lowListener);
        }
        if (incoming.isInBlob() || (paused && !closedHere && incoming.hasWaiting())) {
            return;
        }
        if (isClosing && move(ReadyState.OPEN, ReadyState.CLOSING)) {
            closingIsDue = true;
        }
        closingIsDue = closingIsDue && !fire(closingListener);
        if (ended != null) {
            deliverEnd(ended);
        }
    }

    private void deliverOpen() {
        if (opened && move(ReadyState.CONNECTING, ReadyState.OPEN)) {
            openIsDue = true;
        }
        openIsDue = openIsDue && !fire(openListener);
    }

    private void deliverMessages() {
        Consumer<MessageData> listener = messageListener;
        while (!closedHere && listener != null && mayDeliver() && incoming.deliverTo(listener)) {
            listener = messageListener;
        }
        // https://www.w3.org/TR/webrtc/#receiving-messages-on-a-data-channel: not open, so discarded.
        if (closedHere) {
            incoming.discard(closedHere());
        }
    }

    private boolean mayDeliver() {
        return !paused || incoming.isInBlob();
    }

    private void deliverEnd(Reason reason) {
        incoming.discard(closedHere());
        if (state != ReadyState.CLOSED) {
            setClosed();
            error = errorOf(reason);
            closeIsDue = true;
        }
        LP2PException due = error;
        Consumer<LP2PException> listener = errorListener;
        if (due != null && listener != null) {
            error = null;
            EventQueue.call(() -> listener.accept(due));
        }
        closeIsDue = closeIsDue && !fire(closeListener);
    }

    private synchronized boolean move(ReadyState from, ReadyState to) {
        if (state != from) {
            return false;
        }
        state = to;
        return true;
    }

    private synchronized void setClosed() {
        state = ReadyState.CLOSED;
    }

    /** @return whether there was somebody to hear it */
    private static boolean fire(@Nullable Runnable listener) {
        if (listener == null) {
            return false;
        }
        EventQueue.call(listener);
        return true;
    }

    private @Nullable LP2PException errorOf(Reason reason) {
        return switch (reason) {
            case CLOSED -> hasUnsent ? cut() : null;
            case REFUSED ->
                new LP2PException(
                        LP2PException.Name.OPERATION_ERROR, "The peer refused to open the channel \"" + label + "\"");
            case ABORTED -> abortion();
            case NETWORK_LOST ->
                new LP2PException(
                        LP2PException.Name.NETWORK_ERROR, "The peer is gone, or the network is; connect again");
        };
    }

    private @Nullable LP2PException abortion() {
        Throwable cause = blobFailure;
        if (cause != null) {
            return new LP2PException(
                    LP2PException.Name.OPERATION_ERROR,
                    "The channel \"" + label + "\" was cut, since the source of a Blob failed: " + cause.getMessage()
                            + ". Make a new channel and send the Blob again",
                    cause);
        }
        return closedHere && !hasUnsent ? null : cut();
    }

    private LP2PException cut() {
        return new LP2PException(
                LP2PException.Name.OPERATION_ERROR,
                "The channel \"" + label + "\" was cut before everything had arrived");
    }

    private LP2PException closedHere() {
        return new LP2PException(
                LP2PException.Name.ABORT_ERROR, "The channel \"" + label + "\" was closed by this program");
    }
}
