package dev.lp2p.osp.message;

import java.util.OptionalLong;

/**
 * Opens a data channel on the bidirectional stream that it is the first message of.
 *
 * @param channelId 0 to 65,534
 * @param connection the LP2P connection that the channel belongs to; empty for the one that a peer has which does not
 *     tell origins apart
 */
public record DataChannelOpenRequest(
        long requestId, int channelId, String label, String protocol, OptionalLong connection) implements Message {

    public DataChannelOpenRequest(long requestId, int channelId, String label, String protocol) {
        this(requestId, channelId, label, protocol, OptionalLong.empty());
    }

    @Override
    public TypeKey typeKey() {
        return TypeKey.DATA_CHANNEL_OPEN_REQUEST;
    }
}
