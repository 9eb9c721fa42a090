package dev.lp2p.osp.message;

/** The answer to a {@link DataChannelOpenRequest}, the first message of its direction. */
public record DataChannelOpenResponse(long requestId, ResultCode result) implements Message {
    @Override
    public TypeKey typeKey() {
        return TypeKey.DATA_CHANNEL_OPEN_RESPONSE;
    }
}
