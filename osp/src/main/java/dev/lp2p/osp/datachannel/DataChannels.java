package dev.lp2p.osp.datachannel;

import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.message.UnfinishedBytes;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBufAllocator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one session's data channels. Every method belongs to the agent's loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#data-channel-extension">Data channel extension</a>
 */
public final class DataChannels {

    // https://wicg.github.io/local-peer-to-peer/#data-channel-extension
    public static final int MAX_CHANNEL_ID = 65_534;

    /** Channels that may be open at once before the peer's requests for more are refused. */
    public static final int MAX_CHANNELS = 4096;

    /** Channels of connections that are not known yet, which wait unread; more are refused. */
    public static final int MAX_WAITING_CHANNELS = 1024;

    /** What the labels and protocols of channels that wait may have in all, in characters. */
    static final int MAX_WAITING_TEXT = 1024 * 1024;

    private final Connection connection;
    private final ByteBufAllocator allocator;
    private final Owner owner;

    /** All streams of channels, with those that have no id yet or were refused. */
    private final Set<StreamDataChannel> streams = new LinkedHashSet<>();

    private final Map<StreamDataChannel, DataChannelOpenRequest> waiting = new LinkedHashMap<>();
    private final UnfinishedBytes unfinished = new UnfinishedBytes();

    private boolean accepting;
    private int openChannels;
    private int waitingText;
    private long nextRequestId;

    public DataChannels(Connection connection, ByteBufAllocator allocator, Owner owner) {
        this.connection = connection;
        this.allocator = allocator;
        this.owner = owner;
    }

    /** The channels of one more connection on the session. */
    public ConnectionChannels ofConnection(OptionalLong id, ConnectionChannels.Owner itsOwner) {
        return new ConnectionChannels(this, id, itsOwner);
    }

    /** Takes a bidirectional stream that the peer opened; nothing is read from it before {@link #startAccepting}. */
    public StreamListener accept(TransportStream stream) {
        StreamDataChannel channel = new StreamDataChannel(this, null);
        streams.add(channel);
        channel.attach(stream);
        if (!accepting) {
            stream.setReading(false);
        }
        return channel;
    }

    /** From now on the owner takes the peer's channels, those that came before first. */
    public void startAccepting() {
        if (accepting) {
            return;
        }
        accepting = true;
        for (StreamDataChannel channel : List.copyOf(streams)) {
            channel.startReading();
        }
    }

    /** Looks again at the channels that wait for their connection. */
    public void onConnectionsChanged() {
        Map<StreamDataChannel, DataChannelOpenRequest> looked = new LinkedHashMap<>(waiting);
        waiting.clear();
        waitingText = 0;
        looked.forEach(StreamDataChannel::onConnectionsChanged);
    }

    /** Ends all channels, because their session ended. */
    public void end(DataChannelListener.Reason reason) {
        for (StreamDataChannel channel : List.copyOf(streams)) {
            channel.end(reason);
        }
    }

    void open(StreamDataChannel channel, DataChannelOpenRequest request, DataChannelListener listener) {
        openChannels++;
        streams.add(channel);
        channel.attach(connection.openBidirectional(channel));
        channel.request(request, listener);
    }

    long nextRequestId() {
        return nextRequestId++;
    }

    /** The channels of the connection that a request names, or null where there is none now. */
    @Nullable ConnectionChannels find(OptionalLong connectionId) {
        return owner.find(connectionId);
    }

    boolean isExpected(OptionalLong connectionId) {
        return owner.isExpected(connectionId);
    }

    /** @return false if there is no room */
    boolean addWaiting(StreamDataChannel channel, DataChannelOpenRequest request) {
        int text = textOf(request);
        if (waiting.size() >= MAX_WAITING_CHANNELS || text > MAX_WAITING_TEXT - waitingText) {
            return false;
        }
        waitingText += text;
        waiting.put(channel, request);
        return true;
    }

    boolean isFull() {
        return openChannels >= MAX_CHANNELS;
    }

    void onAccepted() {
        openChannels++;
    }

    void onEnded(StreamDataChannel channel, boolean wasOpen) {
        streams.remove(channel);
        DataChannelOpenRequest request = waiting.remove(channel);
        if (request != null) {
            waitingText -= textOf(request);
        }
        if (wasOpen) {
            openChannels--;
        }
    }

    ByteBufAllocator allocator() {
        return allocator;
    }

    /** What the peer has begun on all channels. */
    UnfinishedBytes unfinished() {
        return unfinished;
    }

    Owner owner() {
        return owner;
    }

    /** Whether a stream's end is the connection's, which then says why in {@link #end}. */
    boolean isConnectionClosed() {
        return connection.isClosed();
    }

    private static int textOf(DataChannelOpenRequest request) {
        return request.label().length() + request.protocol().length();
    }

    /** The session that channels belong to. */
    public interface Owner {

        /** The channels of a connection that takes some now, or null. */
        @Nullable ConnectionChannels find(OptionalLong connectionId);

        /** Whether a channel of a connection that is not found waits, since it may be found soon. */
        boolean isExpected(OptionalLong connectionId);

        // The peer sent what its channel may not carry; the session has to end.

        void onUnknownTypeKey(long typeKey);

        void onRefused(TypeKey typeKey);

        void onMalformed(MalformedMessage problem);
    }
}
