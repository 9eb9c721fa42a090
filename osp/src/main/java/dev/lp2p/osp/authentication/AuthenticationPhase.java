package dev.lp2p.osp.authentication;

/** What an authentication is waiting for. */
enum AuthenticationPhase {
    /** The peer's capabilities. */
    CAPABILITIES,
    /** Somebody to begin. */
    IDLE,
    /** The peer to show a code. */
    PRESENTATION,
    /** Our user to enter the code that the peer shows. */
    OWN_INPUT,
    /** The peer's user to enter the code that we show. */
    PEER_INPUT,
    /** The peer's proof. */
    CONFIRMATION,
    /** The peer, which is verified, to be content as well. */
    STATUS,
    /** Nothing: both know each other. */
    AUTHENTICATED,
    /** Nothing: the connection is over. */
    ENDED
}
