package dev.lp2p.osp.message;

/** Opens a data channel on the bidirectional stream that it is the first message of; {@code channelId} is 0 to 65,534. */
public record DataChannelOpenRequest(long requestId, int channelId, String label, String protocol) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.DATA_CHANNEL_OPEN_REQUEST;
    }
}
