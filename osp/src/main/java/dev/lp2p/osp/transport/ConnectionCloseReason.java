package dev.lp2p.osp.transport;

/**
 * Why a connection ended.
 *
 * @param kind who ended it and how
 * @param errorCode the application's error code where there is one, otherwise 0
 * @param reason in words, from the peer where {@code kind} says so, hence unverified; may be empty
 */
public record ConnectionCloseReason(Kind kind, long errorCode, String reason) {

    /** Who ended a connection, and how. */
    public enum Kind {
        /** This agent called {@link Connection#close}. */
        LOCAL,
        /** The peer closed with an application error code. */
        PEER,
        /** Nothing came from the peer for the idle timeout, or the network went away. */
        NETWORK_LOST,
        /** The handshake, a certificate or the transport failed. */
        TRANSPORT_ERROR
    }
}
