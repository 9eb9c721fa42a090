package dev.lp2p.osp.datachannel;

import dev.lp2p.osp.message.DataChannelOpenRequest;
import dev.lp2p.osp.message.MalformedMessage;
import dev.lp2p.osp.message.TypeKey;
import dev.lp2p.osp.message.UnfinishedBytes;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.StreamListener;
import dev.lp2p.osp.transport.TransportStream;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The data channels of one session, by id. Every method belongs to the agent's loop.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#data-channel-extension">Data channel extension</a>
 */
public final class DataChannels {

    // https://wicg.github.io/local-peer-to-peer/#data-channel-extension
    public static final int MAX_CHANNEL_ID = 65_534;

    /** Channels that may be open at once before the peer's requests for more are refused. */
    public static final int MAX_CHANNELS = 4096;

    private final Connection connection;
    private final ByteBufAllocator allocator;
    private final Owner owner;
    private final Map<Integer, StreamDataChannel> open = new HashMap<>();

    /** All streams of channels, with those that have no id yet or were refused. */
    private final Set<StreamDataChannel> streams = new LinkedHashSet<>();

    private final UnfinishedBytes unfinished = new UnfinishedBytes();

    private boolean accepting;
    private long nextRequestId;

    public DataChannels(Connection connection, ByteBufAllocator allocator, Owner owner) {
        this.connection = connection;
        this.allocator = allocator;
        this.owner = owner;
    }

    /** @throws IllegalArgumentException if the id is out of range, or a channel of this id is open */
    public DataChannel open(int channelId, String label, String protocol, DataChannelListener listener) {
        if (channelId < 0 || channelId > MAX_CHANNEL_ID) {
            throw new IllegalArgumentException("A channel id is 0 to " + MAX_CHANNEL_ID + ", not " + channelId);
        }
        if (open.containsKey(channelId)) {
            throw new IllegalArgumentException("A channel with the id " + channelId + " is open");
        }
        StreamDataChannel channel = new StreamDataChannel(this, false);
        register(channelId, channel);
        streams.add(channel);
        channel.attach(connection.openBidirectional(channel));
        channel.request(new DataChannelOpenRequest(nextRequestId++, channelId, label, protocol), listener);
        return channel;
    }

    /** Takes a bidirectional stream that the peer opened; nothing is read from it before {@link #startAccepting}. */
    public StreamListener accept(TransportStream stream) {
        StreamDataChannel channel = new StreamDataChannel(this, true);
        streams.add(channel);
        channel.attach(stream);
        if (!accepting) {
            stream.setReading(false);
        }
        return channel;
    }

    /** From now on the owner takes the peer's channels, those that came before first. */
    public void startAccepting() {
        accepting = true;
        for (StreamDataChannel channel : List.copyOf(streams)) {
            channel.startReading();
        }
    }

    /** Ends all channels, because their session ended. */
    public void end(DataChannelListener.Reason reason) {
        for (StreamDataChannel channel : new ArrayList<>(streams)) {
            channel.end(reason);
        }
    }

    /** Whether an incoming channel may take this id. */
    boolean isFree(int channelId) {
        return channelId >= 0 && channelId <= MAX_CHANNEL_ID && !open.containsKey(channelId);
    }

    boolean isFull() {
        return open.size() >= MAX_CHANNELS;
    }

    void register(int channelId, StreamDataChannel channel) {
        open.put(channelId, channel);
    }

    void remove(StreamDataChannel channel) {
        streams.remove(channel);
        open.remove(channel.id(), channel);
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

    /** The session that channels belong to. */
    public interface Owner {

        /** The peer opened a channel. */
        DataChannelListener onDataChannel(DataChannel channel);

        /** Something is about to be sent. */
        void onSent();

        // The peer sent what its channel may not carry; the session has to end.

        void onUnknownTypeKey(long typeKey);

        void onRefused(TypeKey typeKey);

        void onMalformed(MalformedMessage problem);
    }
}
