package dev.lp2p;

import java.util.function.Consumer;

/**
 * A connection to a peer that a person chose for this program and authenticated: what is sent here reaches that device
 * and nobody else.
 *
 * <p>Methods may be called from any thread; listeners run on the manager's callback executor.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-connection">LP2PConnection</a>
 */
public interface LP2PConnection {

    /** Who is at the other end. Ours: for programs only; a page never learns it. */
    Peer peer();

    // Ours: the draft has nicknames, and no place to read the peer's.
    /**
     * What the program or page at the other end calls itself, or an empty text. The peer's words: bounded, stripped of
     * control and bidirectional characters, and no identity.
     */
    String nickname();

    // Ours: the draft has no way to see it.
    /** Where it stands in its life; {@link ReadyState#CLOSED} is final. */
    ReadyState readyState();

    /**
     * Makes a channel, which opens a little later (its event {@code open}).
     *
     * @throws LP2PException {@code InvalidStateError} if the connection is closed; {@code OperationError} if the id is
     *     taken or none is left
     */
    LP2PDataChannel createDataChannel(String label, LP2PDataChannelInit init);

    /** Makes a channel with an id that is chosen; otherwise as {@link #createDataChannel(String, LP2PDataChannelInit)}. */
    default LP2PDataChannel createDataChannel(String label) {
        return createDataChannel(label, LP2PDataChannelInit.DEFAULT);
    }

    /** A channel that the peer made. Where there is no listener yet, channels wait for one. */
    void onDataChannel(Consumer<LP2PDataChannelEvent> listener);

    // Ours: the draft has listeners for all of a receiver's connections only.
    /** A transport that the peer made and no constructor and no listener here waited for; a few wait for a listener. */
    void onTransport(Consumer<LP2PTransportEvent> listener);

    /** Closes every channel and transport, then the connection. Ours: the draft has no way to end one. */
    void close();

    // Ours: the draft has no way to see the end.
    /** The connection ended, and why; its channels and transports ended before. */
    void onClose(Consumer<CloseReason> listener);

    // Ours: the draft does not say what becomes of a connection that drops.
    /**
     * Asks for a new connection to the same device, should this one end with {@link CloseReason#NETWORK_LOST}: for
     * {@link LP2PSettings#RECONNECT_TIME} the device is looked for and dialled, without asking the user, unless they
     * withdraw what they granted. Without effect where the peer asked for the connection: there the receiver gets the new
     * one. {@link #close()} ends it.
     *
     * @param listener is given the new connection, once; that one has no such listener yet
     */
    void onReconnect(Consumer<LP2PConnectionEvent> listener);

    /** The states of a connection; there is no connection before it is open. */
    enum ReadyState {
        /** Channels and transports can be made. */
        OPEN,
        /** Closed here; what was sent still leaves. */
        CLOSING,
        /** Ended; why, {@link #onClose} says. */
        CLOSED
    }

    /** Why a connection ended. */
    enum CloseReason {
        /** This program closed it. */
        CLOSED_HERE,
        /** The peer closed it. */
        CLOSED_BY_PEER,
        /** The peer is gone or the network is: no answer for longer than the idle timeout. */
        NETWORK_LOST,
        /** The user withdrew the grant, blocked the origin, or forgot the device. */
        REVOKED,
        /** Nothing was sent or received for a long time, and the user did not want it to stay. */
        IDLE,
        /** The peer broke the protocol, or we did. */
        PROTOCOL_ERROR
    }
}
