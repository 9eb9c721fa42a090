package dev.lp2p.osp.message;

import io.netty.buffer.ByteBufUtil;

/**
 * A page or program of the sender wishes for a connection to a receiver.
 *
 * @param origin who wishes it, as the sending agent says, not empty
 * @param nickname for a person to read, may be empty
 */
public record Lp2pConnectRequest(long requestId, String origin, String nickname) implements ConnectionMessage {

    /** In UTF-8: a scheme, a host of the 253 characters that DNS has at most, and a port. */
    public static final int MAX_ORIGIN_BYTES = 512;

    /** In UTF-8. */
    public static final int MAX_NICKNAME_BYTES = 256;

    /** @throws IllegalArgumentException if a text is too long, or the origin empty */
    public Lp2pConnectRequest {
        if (origin.isEmpty() || ByteBufUtil.utf8Bytes(origin) > MAX_ORIGIN_BYTES) {
            throw new IllegalArgumentException("An origin has 1 to " + MAX_ORIGIN_BYTES + " bytes");
        }
        requireNickname(nickname);
    }

    @Override
    public TypeKey typeKey() {
        return TypeKey.LP2P_CONNECT_REQUEST;
    }

    static void requireNickname(String nickname) {
        if (ByteBufUtil.utf8Bytes(nickname) > MAX_NICKNAME_BYTES) {
            throw new IllegalArgumentException("A nickname has at most " + MAX_NICKNAME_BYTES + " bytes");
        }
    }
}
