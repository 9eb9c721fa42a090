package dev.lp2p.osp.session;

/** Why a session ended. */
public enum SessionCloseReason {
    /** This side had no more use for it. */
    CLOSED_HERE,
    /** The peer closed it in order. */
    CLOSED_BY_PEER,
    /** Nothing was heard of the peer for a while, or by the peer of us. */
    NETWORK_LOST,
    /** A newer session with the same peer took its place. */
    REPLACED,
    /** The user forgot the peer. */
    FORGOTTEN,
    /** The peer broke the protocol, or says that we did. */
    PROTOCOL_ERROR
}
