package dev.lp2p.osp.datachannel;

import dev.lp2p.osp.datachannel.DataChannelListener.Reason;
import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.DataChannelOpenResponse;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.Message;
import dev.lp2p.osp.message.MessageReader;
import dev.lp2p.osp.message.MessageWriter;
import dev.lp2p.osp.message.ResultCode;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A data channel and its stream; the channel has no name and no listener before its open request was read. */
final class StreamDataChannel implements DataChannel, StreamListener, MessageReader.Handler {

    /** What a stream is reset with; nobody reads a meaning out of it. */
    private static final long RESET_CODE = 0;

    private static final int NO_ID = -1;

    private final DataChannels channels;
    private final MessageReader reader;

    /** The connection that the channel belongs to, once that is known. */
    private @Nullable ConnectionChannels group;

    /** What the reader had found when reading was turned off: at most what one delivery of the transport held. */
    private final Deque<Received> held = new ArrayDeque<>();

    private @Nullable TransportStream stream;
    private @Nullable DataChannelListener listener;
    private int id = NO_ID;
    private String label = "";
    private String protocol = "";
    private State state;
    private boolean reading = true;
    private boolean delivering;
    private boolean peerFinished;
    private boolean finished;

    /** @param group of a channel that we open, or null where the peer does */
    StreamDataChannel(DataChannels channels, @Nullable ConnectionChannels group) {
        this.channels = channels;
        this.group = group;
        this.state = group == null ? State.AWAITING_REQUEST : State.AWAITING_RESPONSE;
        this.reader = new MessageReader(this, this::isAcceptable, channels.unfinished());
    }

    void attach(TransportStream attached) {
        stream = attached;
    }

    void request(DataChannelOpenRequest request, DataChannelListener itsListener) {
        name(request);
        listener = itsListener;
        write(MessageWriter.encode(channels.allocator(), request));
    }

    void startReading() {
        stream().setReading(reading);
    }

    /** The connection that the request named may be known by now. */
    void onConnectionsChanged(DataChannelOpenRequest request) {
        if (state != State.AWAITING_CONNECTION) {
            return;
        }
        state = State.AWAITING_REQUEST;
        onRequest(request);
        if (state == State.OPEN || state == State.REFUSED) {
            stream().setReading(reading);
            deliverHeld();
        }
    }

    @Override
    public int id() {
        return id;
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
    public void send(ByteBuf frame) {
        if (finished || state == State.ENDED) {
            frame.release();
        } else {
            write(frame);
        }
    }

    @Override
    public long pendingBytes() {
        return state == State.ENDED ? 0 : stream().pendingBytes();
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        if (state == State.ENDED) {
            return;
        }
        stream().setReading(on);
        if (on) {
            deliverHeld();
        }
    }

    @Override
    public void close() {
        if (!finished && state != State.ENDED) {
            finished = true;
            stream().finish();
            endIfBothFinished();
        }
    }

    @Override
    public void abort() {
        if (state != State.ENDED) {
            stream().reset(RESET_CODE);
            end(Reason.ABORTED);
        }
    }

    void end(Reason reason) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        channels.onEnded(this, group != null);
        if (group != null) {
            group.remove(this);
        }
        reader.close();
        held.forEach(received -> received.content().release());
        held.clear();
        DataChannelListener last = listener;
        if (last != null) {
            last.onClosed(reason);
        }
    }

    @Override
    public void onData(ByteBuf data) {
        if (state == State.ENDED || state == State.REFUSED) {
            data.release();
            return;
        }
        reader.feed(data);
    }

    @Override
    public void onFinished() {
        peerFinished = true;
        if (state == State.REFUSED) {
            end(Reason.REFUSED);
            return;
        }
        if (state == State.AWAITING_REQUEST) {
            onMalformed(new MalformedMessage(TypeKey.DATA_CHANNEL_OPEN_REQUEST, "missing on its stream"));
        }
        reader.finish();
        deliverHeld();
    }

    @Override
    public void onDrained() {
        if (state != State.REFUSED && state != State.ENDED && listener != null) {
            listener.onDrained();
        }
        endIfBothFinished();
    }

    @Override
    public void onReset(long errorCode) {
        if (!channels.isConnectionClosed()) {
            end(Reason.ABORTED);
        }
    }

    @Override
    public void onMessage(Message message) {
        if (message instanceof DataChannelOpenRequest request) {
            onRequest(request);
        } else if (message instanceof DataChannelOpenResponse response) {
            onResponse(response);
        }
    }

    @Override
    public void onDataFrame(DataEncoding encoding, ByteBuf payload) {
        deliver(new Received.Whole(encoding, payload));
    }

    @Override
    public void onBlobStart(OptionalLong size) {
        deliver(new Received.BlobStart(size));
    }

    @Override
    public void onBlobChunk(ByteBuf chunk) {
        deliver(new Received.BlobChunk(chunk));
    }

    @Override
    public void onBlobEnd() {
        deliver(new Received.BlobEnd());
    }

    private void deliver(Received received) {
        if (state == State.AWAITING_RESPONSE) {
            onOpen();
        }
        if (state == State.AWAITING_CONNECTION) {
            held.add(received);
        } else if (state != State.OPEN || listener == null) {
            received.content().release();
        } else if (reading && !delivering) {
            received.deliverTo(listener);
        } else {
            held.add(received);
        }
    }

    @Override
    public void onUnknownTypeKey(long typeKey) {
        channels.owner().onUnknownTypeKey(typeKey);
    }

    @Override
    public void onRefused(TypeKey typeKey) {
        channels.owner().onRefused(typeKey);
    }

    @Override
    public void onMalformed(MalformedMessage problem) {
        channels.owner().onMalformed(problem);
    }

    private boolean isAcceptable(TypeKey key) {
        return switch (state) {
            case AWAITING_REQUEST -> key == TypeKey.DATA_CHANNEL_OPEN_REQUEST;
            case AWAITING_RESPONSE -> key == TypeKey.DATA_CHANNEL_OPEN_RESPONSE || key == TypeKey.DATA_FRAME;
            case AWAITING_CONNECTION, OPEN -> key == TypeKey.DATA_FRAME;
            // What still comes is dropped.
            case REFUSED, ENDED -> true;
        };
    }

    private void onRequest(DataChannelOpenRequest request) {
        if (state != State.AWAITING_REQUEST) {
            return;
        }
        ConnectionChannels found = channels.find(request.connection());
        if (found == null) {
            awaitConnection(request);
        } else if (!found.isFree(request.channelId())) {
            refuse(request, ResultCode.PERMANENT_ERROR);
        } else if (channels.isFull()) {
            refuse(request, ResultCode.TRANSIENT_ERROR);
        } else {
            accept(request, found);
        }
    }

    private void accept(DataChannelOpenRequest request, ConnectionChannels found) {
        name(request);
        group = found;
        found.register(this);
        state = State.OPEN;
        write(MessageWriter.encode(
                channels.allocator(), new DataChannelOpenResponse(request.requestId(), ResultCode.SUCCESS)));
        listener = found.onAccepted(this);
    }

    /** Streams are in no order: what tells of the connection may still be on its way. */
    private void awaitConnection(DataChannelOpenRequest request) {
        if (!channels.isExpected(request.connection())) {
            refuse(request, ResultCode.PERMANENT_ERROR);
        } else if (channels.addWaiting(this, request)) {
            state = State.AWAITING_CONNECTION;
            stream().setReading(false);
        } else {
            refuse(request, ResultCode.TRANSIENT_ERROR);
        }
    }

    /** Answers and waits for the requester to end the stream, since a reset would overtake the answer. */
    private void refuse(DataChannelOpenRequest request, ResultCode result) {
        state = State.REFUSED;
        write(MessageWriter.encode(channels.allocator(), new DataChannelOpenResponse(request.requestId(), result)));
        finished = true;
        stream().finish();
    }

    private void onResponse(DataChannelOpenResponse response) {
        if (state != State.AWAITING_RESPONSE) {
            return;
        }
        if (response.result() == ResultCode.SUCCESS) {
            onOpen();
        } else {
            stream().reset(RESET_CODE);
            end(Reason.REFUSED);
        }
    }

    private void onOpen() {
        state = State.OPEN;
        if (listener != null) {
            listener.onOpen();
        }
    }

    /** Delivers in order, also where a listener turns reading off and on again while it is called. */
    private void deliverHeld() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (reading && state == State.OPEN && listener != null && !held.isEmpty()) {
            held.remove().deliverTo(listener);
        }
        delivering = false;
        if (peerFinished && held.isEmpty() && state != State.AWAITING_CONNECTION) {
            onClosingByPeer();
        }
    }

    private void onClosingByPeer() {
        if (!finished && state != State.ENDED) {
            if (listener != null) {
                listener.onClosing();
            }
            close();
        } else {
            endIfBothFinished();
        }
    }

    private void endIfBothFinished() {
        if (finished
                && peerFinished
                && held.isEmpty()
                && state != State.ENDED
                && stream().pendingBytes() == 0) {
            end(Reason.CLOSED);
        }
    }

    private void name(DataChannelOpenRequest request) {
        id = request.channelId();
        label = request.label();
        protocol = request.protocol();
    }

    private void write(ByteBuf message) {
        stream().write(message);
    }

    private TransportStream stream() {
        if (stream == null) {
            throw new IllegalStateException("The channel has no stream yet");
        }
        return stream;
    }

    private enum State {
        AWAITING_REQUEST,
        /** Not read any further before the connection is known that the request named. */
        AWAITING_CONNECTION,
        AWAITING_RESPONSE,
        OPEN,
        /** We answered no; the requester has yet to end the stream. */
        REFUSED,
        ENDED
    }
}
