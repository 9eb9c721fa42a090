package dev.lp2p.osp.message;

/**
 * The sender's direction of a stream of this QUIC connection ends, in case its FIN was lost.
 *
 * @param streamId of QUIC, up to {@link VarInt#MAX_VALUE}
 * @param bytes that the stream has in all, at least 1
 */
public record Lp2pStreamEnd(long streamId, long bytes) implements ConnectionMessage {
    @Override
    public TypeKey typeKey() {
        return TypeKey.LP2P_STREAM_END;
    }
}
