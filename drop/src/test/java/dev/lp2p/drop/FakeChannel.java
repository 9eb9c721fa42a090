package dev.lp2p.drop;

import dev.lp2p.LP2PBlob;
import dev.lp2p.LP2PBlobWriter;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PException;
import dev.lp2p.MessageData;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of a channel between two threads of one process: listeners run one after another and may block, which fills a
 * window and then the far {@code bufferedAmount}.
 */
final class FakeChannel implements LP2PDataChannel {

    /** What may be on its way or in a listener's hands before the far end keeps it. */
    private static final long WINDOW_BYTES = 1 << 20;

    private final Object lock;
    private final String label;
    private final String protocol;
    private final List<String> transcript;
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "fake-channel");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<MessageData> buffered = new ArrayDeque<>();
    private FakeChannel other = this;
    private ReadyState state = ReadyState.CONNECTING;
    private long bufferedAmount;
    private long highestBufferedAmount;
    private long seenBufferedAmount;
    private long lowThreshold;
    private long inFlight;
    private Runnable onOpen = () -> {};
    private Runnable onLow = () -> {};
    private Runnable onClosing = () -> {};
    private Runnable onClose = () -> {};
    private @Nullable Consumer<MessageData> onMessage;

    record Pair(FakeChannel near, FakeChannel far) {
        void open() {
            // The far end first: what the near one sends at once can be answered.
            far.open();
            near.open();
        }
    }

    private FakeChannel(String label, String protocol, List<String> transcript, Object lock) {
        this.transcript = transcript;
        this.label = label;
        this.protocol = protocol;
        this.lock = lock;
    }

    static Pair pair(String label, String protocol, List<String> nearTranscript, List<String> farTranscript) {
        Object lock = new Object();
        FakeChannel near = new FakeChannel(label, protocol, nearTranscript, lock);
        FakeChannel far = new FakeChannel(label, protocol, farTranscript, lock);
        near.other = far;
        far.other = near;
        return new Pair(near, far);
    }

    /** Cuts the connection: what was not delivered is lost. */
    void sever() {
        synchronized (lock) {
            end();
            other.end();
        }
    }

    long highestBufferedAmount() {
        synchronized (lock) {
            return highestBufferedAmount;
        }
    }

    /** Waits until whoever sends here has looked, and seen that this much lies unread. */
    void awaitSeenBufferedAmount(long bytes) throws InterruptedException {
        synchronized (lock) {
            while (seenBufferedAmount < bytes) {
                lock.wait();
            }
        }
    }

    @Override
    public LP2PBlobWriter sendBlob() {
        throw new UnsupportedOperationException("Drop sends bytes");
    }

    @Override
    public void pause() {
        throw new UnsupportedOperationException("Drop takes what comes");
    }

    @Override
    public void resume() {
        throw new UnsupportedOperationException("Drop takes what comes");
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String protocol() {
        return protocol;
    }

    @Override
    public int id() {
        return 0;
    }

    @Override
    public ReadyState readyState() {
        synchronized (lock) {
            return state;
        }
    }

    @Override
    public long unsentMessages() {
        return 0;
    }

    @Override
    public long bufferedAmount() {
        synchronized (lock) {
            seenBufferedAmount = bufferedAmount;
            lock.notifyAll();
            return bufferedAmount;
        }
    }

    @Override
    public long bufferedAmountLowThreshold() {
        synchronized (lock) {
            return lowThreshold;
        }
    }

    @Override
    public void setBufferedAmountLowThreshold(long bytes) {
        synchronized (lock) {
            lowThreshold = bytes;
        }
    }

    @Override
    public void send(String text) {
        send(new MessageData.Text(text), text);
    }

    @Override
    public void send(ByteBuffer data) {
        ByteBuffer copy = ByteBuffer.allocate(data.remaining());
        copy.put(data.duplicate()).flip();
        send(new MessageData.Binary(copy), "(" + copy.capacity() + " bytes)");
    }

    @Override
    public void send(LP2PBlob blob) {
        throw new AssertionError("Files go as bytes in messages");
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (state == ReadyState.CLOSED || state == ReadyState.CLOSING) {
                return;
            }
            state = ReadyState.CLOSING;
            pump();
        }
    }

    @Override
    public void onOpen(Runnable listener) {
        onOpen = listener;
    }

    @Override
    public void onMessage(Consumer<MessageData> listener) {
        synchronized (lock) {
            onMessage = listener;
            other.pump();
        }
    }

    @Override
    public void onBufferedAmountLow(Runnable listener) {
        onLow = listener;
    }

    @Override
    public void onError(Consumer<LP2PException> listener) {}

    @Override
    public void onClosing(Runnable listener) {
        onClosing = listener;
    }

    @Override
    public void onClose(Runnable listener) {
        onClose = listener;
    }

    private void open() {
        synchronized (lock) {
            if (state == ReadyState.CONNECTING) {
                state = ReadyState.OPEN;
                callbacks.execute(() -> onOpen.run());
            }
        }
    }

    private void send(MessageData message, String described) {
        synchronized (lock) {
            if (state != ReadyState.OPEN) {
                throw new LP2PException(LP2PException.Name.INVALID_STATE_ERROR, "The channel is " + state);
            }
            buffered.add(message);
            transcript.add(described);
            bufferedAmount += size(message);
            pump();
            highestBufferedAmount = Math.max(highestBufferedAmount, bufferedAmount);
        }
    }

    private void pump() {
        Consumer<MessageData> listener = other.onMessage;
        while (listener != null && !buffered.isEmpty() && other.inFlight < WINDOW_BYTES && state != ReadyState.CLOSED) {
            MessageData message = buffered.remove();
            long before = bufferedAmount;
            bufferedAmount -= size(message);
            if (before > lowThreshold && bufferedAmount <= lowThreshold) {
                callbacks.execute(() -> onLow.run());
            }
            other.deliver(message, listener);
        }
        if (state == ReadyState.CLOSING && buffered.isEmpty()) {
            other.callbacks.execute(() -> other.onClosing.run());
            other.end();
            end();
        }
    }

    private void deliver(MessageData message, Consumer<MessageData> listener) {
        inFlight += size(message);
        callbacks.execute(() -> {
            listener.accept(message);
            synchronized (lock) {
                inFlight -= size(message);
                other.pump();
            }
        });
    }

    private void end() {
        if (state != ReadyState.CLOSED) {
            state = ReadyState.CLOSED;
            buffered.clear();
            callbacks.execute(() -> onClose.run());
            callbacks.shutdown();
        }
    }

    private static long size(MessageData message) {
        if (message instanceof MessageData.Binary binary) {
            // Counted before a listener reads it.
            return binary.value().capacity();
        }
        return ((MessageData.Text) message).value().getBytes(StandardCharsets.UTF_8).length;
    }
}
