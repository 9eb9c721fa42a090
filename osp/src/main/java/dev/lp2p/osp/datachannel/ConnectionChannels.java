package dev.lp2p.osp.datachannel;

import dev.lp2p.osp.message.DataChannelOpenRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The data channels of one connection on a session, by id. Every method belongs to the agent's loop. */
public final class ConnectionChannels {

    private final DataChannels session;
    private final OptionalLong connectionId;
    private final Owner owner;
    private final Map<Integer, StreamDataChannel> open = new HashMap<>();

    ConnectionChannels(DataChannels session, OptionalLong connectionId, Owner owner) {
        this.session = session;
        this.connectionId = connectionId;
        this.owner = owner;
    }

    /** @throws IllegalArgumentException if the id is out of range, or a channel of this id is open */
    public DataChannel open(int channelId, String label, String protocol, DataChannelListener listener) {
        if (channelId < 0 || channelId > DataChannels.MAX_CHANNEL_ID) {
            throw new IllegalArgumentException(
                    "A channel id is 0 to " + DataChannels.MAX_CHANNEL_ID + ", not " + channelId);
        }
        if (open.containsKey(channelId)) {
            throw new IllegalArgumentException("A channel with the id " + channelId + " is open");
        }
        StreamDataChannel channel = new StreamDataChannel(session, this);
        open.put(channelId, channel);
        session.open(
                channel,
                new DataChannelOpenRequest(session.nextRequestId(), channelId, label, protocol, connectionId),
                listener);
        return channel;
    }

    /** Ends all channels, because their session ended. */
    public void end(DataChannelListener.Reason reason) {
        List.copyOf(open.values()).forEach(channel -> channel.end(reason));
    }

    /** Aborts all channels, here and at the peer. */
    public void abort() {
        List.copyOf(open.values()).forEach(StreamDataChannel::abort);
    }

    boolean isFree(int channelId) {
        return !open.containsKey(channelId);
    }

    DataChannelListener onAccepted(StreamDataChannel channel) {
        return owner.onDataChannel(channel);
    }

    void register(StreamDataChannel channel) {
        open.put(channel.id(), channel);
        session.onAccepted();
    }

    void remove(StreamDataChannel channel) {
        open.remove(channel.id(), channel);
    }

    /** The connection that channels belong to. */
    @FunctionalInterface
    public interface Owner {

        /** The peer opened a channel. */
        DataChannelListener onDataChannel(DataChannel channel);
    }
}
