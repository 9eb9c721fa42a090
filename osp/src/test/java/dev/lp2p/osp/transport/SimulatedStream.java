package dev.lp2p.osp.transport;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One end of a stream: what it sends is queued here until the window takes it, what arrives waits here to be read. */
final class SimulatedStream implements TransportStream {

    private final SimulatedConnection connection;
    private final boolean bidirectional;
    private final boolean incoming;
    private final Deque<ByteBuf> queue = new ArrayDeque<>();
    private final Deque<ByteBuf> arrived = new ArrayDeque<>();
    private @Nullable SimulatedStream other;
    private @Nullable StreamListener listener;
    private long queuedBytes;
    private long bytesInWindow;
    private long lastArrivalNanos;
    private boolean finishing;
    private boolean finSent;
    private boolean finArrived;
    private boolean finDelivered;
    private boolean reading = true;
    private boolean delivering;
    private boolean ended;

    SimulatedStream(SimulatedConnection connection, boolean bidirectional, boolean incoming) {
        this.connection = connection;
        this.bidirectional = bidirectional;
        this.incoming = incoming;
    }

    void connect(SimulatedStream there, StreamListener streamListener) {
        other = there;
        there.other = this;
        listener = streamListener;
    }

    @Override
    public boolean isBidirectional() {
        return bidirectional;
    }

    @Override
    public void write(ByteBuf data) {
        if (ended || finishing) {
            data.release();
            return;
        }
        queue.add(data);
        queuedBytes += data.readableBytes();
        connection.pair.loop.execute(this::pump);
    }

    @Override
    public long pendingBytes() {
        return queuedBytes;
    }

    @Override
    public void finish() {
        if (!ended && !finishing) {
            finishing = true;
            connection.pair.loop.execute(this::pump);
        }
    }

    @Override
    public void reset(long errorCode) {
        if (ended) {
            return;
        }
        SimulatedStream peer = other();
        connection.pair.at(connection.pair.arrivalNanos(), () -> peer.onReset(errorCode));
        drop();
    }

    @Override
    public OptionalLong id() {
        return OptionalLong.empty();
    }

    @Override
    public void resetSending(long errorCode) {
        throw new AssertionError("The streams of a session end as a whole");
    }

    @Override
    public void stopReceiving(long errorCode) {
        throw new AssertionError("The streams of a session end as a whole");
    }

    @Override
    public void setReading(boolean on) {
        reading = on;
        if (on) {
            connection.pair.loop.execute(this::deliver);
        }
    }

    private void pump() {
        if (ended) {
            return;
        }
        long before = queuedBytes;
        int window = connection.pair.conditions.window();
        while (queuedBytes > 0 && bytesInWindow < window) {
            int length = (int) Math.min(
                    Math.min(queuedBytes, window - bytesInWindow),
                    1 + connection.pair.random.nextInt(connection.pair.conditions.maxChunk()));
            ByteBuf chunk = take(length);
            bytesInWindow += length;
            SimulatedStream peer = other();
            connection.pair.loop.schedule(() -> peer.onArrival(chunk), nextArrivalDelay(), TimeUnit.NANOSECONDS);
        }
        if (queuedBytes < before && listener != null) {
            listener.onDrained();
        }
        if (finishing && queuedBytes == 0 && !finSent && !ended) {
            finSent = true;
            SimulatedStream peer = other();
            connection.pair.loop.schedule(peer::onFin, nextArrivalDelay(), TimeUnit.NANOSECONDS);
            endIfDone();
        }
    }

    private long nextArrivalDelay() {
        lastArrivalNanos = Math.max(lastArrivalNanos, connection.pair.arrivalNanos());
        return lastArrivalNanos - connection.pair.loop.elapsed().toNanos();
    }

    private ByteBuf take(int length) {
        ByteBuf chunk = connection.pair.allocator.buffer(length);
        while (chunk.readableBytes() < length) {
            ByteBuf head = queue.element();
            chunk.writeBytes(head, Math.min(head.readableBytes(), length - chunk.readableBytes()));
            if (!head.isReadable()) {
                queue.remove().release();
            }
        }
        queuedBytes -= length;
        while (!queue.isEmpty() && !queue.element().isReadable()) {
            queue.remove().release();
        }
        return chunk;
    }

    private void onArrival(ByteBuf chunk) {
        if (!isThere()) {
            chunk.release();
            return;
        }
        arrived.add(chunk);
        deliver();
    }

    private void onFin() {
        if (isThere()) {
            finArrived = true;
            deliver();
        }
    }

    private void onReset(long errorCode) {
        if (isThere()) {
            end(errorCode);
        }
    }

    /** Whether what arrives finds an open stream; its first arrival announces it. */
    private boolean isThere() {
        if (ended || connection.pair.cut || connection.isClosed()) {
            return false;
        }
        connection.onPacket();
        if (listener == null) {
            listener = connection.announce(this);
        }
        return !ended;
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        while (reading && !ended && listener != null && !arrived.isEmpty()) {
            ByteBuf chunk = arrived.remove();
            int length = chunk.readableBytes();
            listener.onData(chunk);
            SimulatedStream peer = other();
            peer.bytesInWindow -= length;
            connection.pair.loop.execute(peer::pump);
        }
        delivering = false;
        if (finArrived && reading && !finDelivered && !ended && arrived.isEmpty() && listener != null) {
            finDelivered = true;
            listener.onFinished();
            endIfDone();
        }
    }

    private void endIfDone() {
        boolean sent = finSent || (incoming && !bidirectional);
        boolean received = finDelivered || (!incoming && !bidirectional);
        if (sent && received && !ended) {
            drop();
        }
    }

    /** Ends it from outside. */
    void end(long errorCode) {
        if (!ended) {
            drop();
            if (listener != null) {
                listener.onReset(errorCode);
            }
        }
    }

    private void drop() {
        ended = true;
        queue.forEach(ByteBuf::release);
        queue.clear();
        queuedBytes = 0;
        arrived.forEach(ByteBuf::release);
        arrived.clear();
        connection.streams.remove(this);
    }

    private SimulatedStream other() {
        if (other == null) {
            throw new AssertionError("The stream is not connected");
        }
        return other;
    }
}
