package dev.lp2p.osp.message;

/**
 * The sender has no more use for a connection, whose channels are aborted.
 *
 * @param reason {@link #CLOSED}; a number that is not known means the same
 */
public record Lp2pCloseEvent(long connectionId, long reason) implements ConnectionMessage {

    /** Closed in order. */
    public static final long CLOSED = 0;

    @Override
    public TypeKey typeKey() {
        return TypeKey.LP2P_CLOSE_EVENT;
    }
}
