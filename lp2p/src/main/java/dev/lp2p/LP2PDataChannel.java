package dev.lp2p;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A two-way channel of messages to one peer that a person chose and authenticated. Messages arrive whole, once, and in
 * the order in which they were sent, or the channel closes.
 *
 * <p>Methods may be called from any thread. Listeners of one channel run one after another on the manager's callback
 * executor and may block; while they do, nothing more is delivered, and beyond a window the far sender stops
 * ({@link #bufferedAmount()} grows there). An event waits for its listener, messages until the
 * channel closes: a listener set before the event that made the channel known has returned misses nothing.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel">LP2PDataChannel</a>
 */
public interface LP2PDataChannel {

    // Ours: SCTP negotiates one, and the draft has none.
    /** The largest message, in bytes of payload. */
    int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    // Ours: what RTCDataChannel leaves to each browser.
    /** The largest {@link #bufferedAmount()}. */
    long MAX_BUFFERED_AMOUNT = 4L * MAX_MESSAGE_BYTES;

    String label();

    /** The subprotocol's name, or the empty string. */
    String protocol();

    /** 0 to 65,534; unique in its connection. */
    int id();

    // Ours: RTCDataChannel has it and the draft does not.
    ReadyState readyState();

    // Ours: RTCDataChannel has it and the draft does not.
    /** Bytes of payload that {@code send} took and the transport has not. */
    long bufferedAmount();

    // Ours: RTCDataChannel has it and the draft does not.
    /** When {@link #bufferedAmount()} falls to this many bytes or fewer, the event {@code bufferedamountlow} fires; 0 at first. */
    void setBufferedAmountLowThreshold(long bytes);

    /**
     * Sends a message of text.
     *
     * @throws LP2PException {@code InvalidStateError} unless the channel is open; {@code TypeError} if the message is
     *     larger than {@link #MAX_MESSAGE_BYTES}; {@code OperationError} if {@link #bufferedAmount()} would be more than
     *     {@link #MAX_BUFFERED_AMOUNT}, so that nothing was sent
     */
    void send(String text);

    /** Sends the bytes between position and limit, which it copies before it returns; otherwise as {@link #send(String)}. */
    void send(ByteBuffer data);

    /** Sends the bytes, which it copies before it returns; otherwise as {@link #send(String)}. */
    default void send(byte[] data) {
        send(ByteBuffer.wrap(data));
    }

    /** Closes after everything that was sent has left; the peer sees {@code closing}, then {@code close}. */
    void close();

    void onOpen(Runnable listener);

    void onMessage(Consumer<MessageData> listener);

    void onBufferedAmountLow(Runnable listener);

    void onError(Consumer<LP2PException> listener);

    void onClosing(Runnable listener);

    void onClose(Runnable listener);

    /** The states of a channel, as RTCDataChannel has them. */
    enum ReadyState {
        CONNECTING,
        OPEN,
        CLOSING,
        CLOSED
    }
}
