package dev.lp2p;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * A two-way channel of messages to one peer that a person chose and authenticated. Messages arrive whole, once, and in
 * the order in which they were sent, or the channel closes.
 *
 * <p>Methods may be called from any thread. Listeners of one channel run one after another on the manager's callback
 * executor and may block; while they do, nothing more is delivered, and beyond a window the far sender stops
 * ({@link #bufferedAmount()} grows there). A message that is a Blob holds what follows it back until it was read. An event
 * waits for its listener, messages until the channel closes: a listener set before the event that made the channel known
 * has returned misses nothing.
 *
 * <p>Channels are made by {@link LP2PConnection#createDataChannel}; the draft also has a constructor, which names no
 * connection and would make a channel that can never open.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#lp2p-data-channel">LP2PDataChannel</a>
 * @see <a href="https://www.w3.org/TR/webrtc/#rtcdatachannel">RTCDataChannel</a>
 */
public interface LP2PDataChannel {

    // Ours: SCTP negotiates one, and the draft has none.
    /** The largest message that is not a Blob, in bytes of payload; a Blob may have any length. */
    int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    // Ours: what RTCDataChannel leaves to each browser.
    /** The most that messages which wait to be sent hold here; a Blob waits where it comes from, and is not counted. */
    long MAX_BUFFERED_AMOUNT = 4L * MAX_MESSAGE_BYTES;

    /** What who made it calls it; need not be unique, and may be empty. */
    String label();

    /** The subprotocol's name, or the empty string. */
    String protocol();

    /** 0 to 65,534; unique in its connection. */
    int id();

    // Ours: RTCDataChannel has it and the draft does not.
    /** Where it stands in its life; messages are sent in {@link ReadyState#OPEN} only. */
    ReadyState readyState();

    // Ours: RTCDataChannel has it and the draft does not.
    /**
     * Bytes of payload that {@code send} took and the transport has not. A Blob counts with its whole size from the start,
     * or if that is not known, with what was read of it.
     */
    long bufferedAmount();

    // Ours: what passes on the messages of others has to bound the empty ones too.
    /**
     * Messages of text and bytes that {@code send} took and the transport has not; empty ones too, which
     * {@link #bufferedAmount()} does not show. Of a channel that ended it says nothing.
     */
    long unsentMessages();

    // Ours: RTCDataChannel has it and the draft does not.
    /** As set with {@link #setBufferedAmountLowThreshold}, in bytes. */
    long bufferedAmountLowThreshold();

    // Ours: RTCDataChannel has it and the draft does not.
    /**
     * When {@link #bufferedAmount()} falls to this many bytes or fewer, the event {@code bufferedamountlow} fires; 0 at
     * first.
     *
     * @throws LP2PException {@code TypeError} if it is negative
     */
    void setBufferedAmountLowThreshold(long bytes);

    /**
     * Sends a message of text.
     *
     * @throws LP2PException {@code InvalidStateError} unless the channel is open; {@code TypeError} if the message is
     *     larger than {@link #MAX_MESSAGE_BYTES}; {@code OperationError} if more than {@link #MAX_BUFFERED_AMOUNT} would
     *     wait, so that nothing was sent
     */
    void send(String text);

    /** Sends the bytes between position and limit, which it copies before it returns; otherwise as {@link #send(String)}. */
    void send(ByteBuffer data);

    /** Sends the bytes, which it copies before it returns; otherwise as {@link #send(String)}. */
    default void send(byte[] data) {
        send(ByteBuffer.wrap(data));
    }

    /**
     * Sends a message of any length, which is read while it leaves; later messages wait for its end. A source that fails,
     * or has another size than it said, cuts the channel, since a message that has begun cannot be taken back: the event
     * {@code error} says so on both sides, and the peer's Blob ends in an error. So it does if the peer closes first.
     *
     * @throws LP2PException {@code InvalidStateError} unless the channel is open
     */
    void send(LP2PBlob blob);

    // Ours: a page gives a Blob that there is, and a program may not have one whole.
    /**
     * Begins a Blob that the caller writes.
     *
     * @throws LP2PException {@code InvalidStateError} unless the channel is open
     */
    LP2PBlobWriter sendBlob();

    // Ours: a page cannot stop messages, and a program that passes them on has to.
    /**
     * Delivers no more messages until {@link #resume()}: beyond a window the far sender stops. What comes after messages
     * that wait, such as {@code closing} and {@code close}, waits behind them. A Blob that was delivered goes on. Called in
     * the listener of a message, it holds from the next one on.
     */
    void pause();

    // Ours, as pause() is.
    void resume();

    /**
     * Closes after everything that was sent has left; the peer sees {@code closing}, then {@code close}. Messages that
     * have not been delivered here are discarded, and a Blob that is being read fails.
     */
    void close();

    /** Event {@code open}: messages can be sent. */
    void onOpen(Runnable listener);

    /** Event {@code message}: the next message; whoever does not return holds the sender back. */
    void onMessage(Consumer<MessageData> listener);

    /** Event {@code bufferedamountlow}: the time to send more. */
    void onBufferedAmountLow(Runnable listener);

    /** Event {@code error}: the channel was cut, and {@code close} follows. */
    void onError(Consumer<LP2PException> listener);

    /** Event {@code closing}: the peer closes the channel. */
    void onClosing(Runnable listener);

    /** Event {@code close}: the channel ended, in whatever way; nothing follows. */
    void onClose(Runnable listener);

    /** The states of a channel, as RTCDataChannel has them. */
    enum ReadyState {
        /** Made here, and not open yet. */
        CONNECTING,
        /** Messages go both ways. */
        OPEN,
        /** What was sent still leaves. */
        CLOSING,
        /** Ended. */
        CLOSED
    }
}
