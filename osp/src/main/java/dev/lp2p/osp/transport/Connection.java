package dev.lp2p.osp.transport;

import dev.lp2p.osp.identity.Fingerprint;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletionStage;

/**
 * A QUIC connection with certificates on both sides, as the protocol above sees it. The peer holds the private key of
 * {@link #peerFingerprint()}; whether a person trusts that key is not known here.
 *
 * <p>Every method and every callback belongs to the agent's loop.
 */
public interface Connection {

    /** Whether this side is the QUIC client, which dialled. */
    boolean isClient();

    /** What this connection carries. */
    ApplicationProtocol protocol();

    /** The fingerprint of the certificate that the peer proved to own in the handshake. */
    Fingerprint peerFingerprint();

    /**
     * Sets who hears of the peer's first unidirectional stream, whichever comes first, in place of the listener. Called
     * at most once, before {@link #setListener}; until that, all else waits unread, and a peer that sends more than a
     * little is cut off.
     */
    void setPreludeListener(StreamListener prelude);

    /** Sets who hears of the peer's streams and of the end. Called once, before any callback. */
    void setListener(ConnectionListener listener);

    /** Sets who hears of ends that the peer has to be told of; without one it hears of those that are not lost. */
    void setEndListener(EndListener listener);

    /**
     * The peer says, beside the stream, that its direction of a stream ends after so many bytes. If its FIN does not come,
     * the end is delivered once these bytes were; for a stream that is over, or was reset, nothing happens. The stream need
     * not have appeared yet. An end that contradicts what came, or an earlier one, closes the connection.
     *
     * @param bytes at least 1
     */
    void onPeerEnd(long streamId, long bytes);

    /**
     * Opens a unidirectional stream. What is written before the peer's limit allows the stream waits in it.
     *
     * @param listener hears of writability and of the stream's end; it never gets data
     */
    TransportStream openUnidirectional(StreamListener listener);

    /** Opens a bidirectional stream, as {@link #openUnidirectional} does. */
    TransportStream openBidirectional(StreamListener listener);

    /** The largest datagram that {@link #sendDatagram} takes; 0 where the peer takes none. */
    int maxDatagramBytes();

    /**
     * Sends a datagram, which arrives whole, late, twice or never, and takes over its reference. One that is too large is
     * dropped, and so are those that the network does not take as fast as they come.
     */
    void sendDatagram(ByteBuf datagram);

    /** What the connection has done so far; completes on the loop, exceptionally once the connection is closed. */
    CompletionStage<ConnectionStats> stats();

    /**
     * The owner knows whose connection this is and counts it itself: it no longer takes the place of one that strangers
     * may have.
     */
    void vouch();

    /** Closes the connection and all its streams with an application error code; later calls do nothing. */
    void close(long errorCode, String reason);

    /** Closes the connection as one that must not be, which no error code of an application says. */
    void refuse();

    boolean isClosed();
}
