package dev.lp2p;

import dev.lp2p.osp.transport.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Datagrams on their way from any thread to the loop, which hands them to QUIC as soon as it comes to them. */
final class OutgoingDatagrams implements WritableStream {

    /** What may wait in all, for a program that does not wait for its writes. */
    private static final int MAX_WAITING = 2 * WebTransportDatagramDuplexStream.MAX_HIGH_WATER_MARK;

    private final Executor loop;
    private final TransportTraffic traffic;
    private final InstantSource clock;
    private final Executor callbacks;
    private final AtomicLong expired = new AtomicLong();
    private final AtomicBoolean flushIsDue = new AtomicBoolean();
    private volatile int highWaterMark = WebTransportDatagramDuplexStream.DEFAULT_HIGH_WATER_MARK;
    private volatile Optional<Duration> maxAge = Optional.empty();

    private final Object lock = new Object();
    // The lock's.
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private @Nullable LP2PException refusal;

    // The loop's.
    private @Nullable Connection connection;

    OutgoingDatagrams(ConnectionContext context, TransportTraffic traffic) {
        this.traffic = traffic;
        this.loop = context::post;
        this.clock = context.clock();
        this.callbacks = context.listeners();
    }

    /** Where they go; on the loop. */
    void attach(Connection attached) {
        connection = attached;
        flush();
    }

    @Override
    public CompletableFuture<Void> write(ByteBuffer data) {
        ByteBuf copy =
                PooledByteBufAllocator.DEFAULT.directBuffer(data.remaining()).writeBytes(data.duplicate());
        CompletableFuture<Void> result = new CompletableFuture<>();
        boolean hasRoom;
        synchronized (lock) {
            LP2PException why = waiting.size() < MAX_WAITING ? refusal : tooMany();
            if (why != null) {
                copy.release();
                return CompletableFuture.failedFuture(why);
            }
            hasRoom = waiting.size() < highWaterMark;
            waiting.add(new Sent(copy, clock.instant(), hasRoom ? null : result));
        }
        if (hasRoom) {
            result.complete(null);
        }
        if (flushIsDue.compareAndSet(false, true)) {
            loop.execute(this::flush);
        }
        return result;
    }

    @Override
    public CompletableFuture<Void> close() {
        synchronized (lock) {
            if (refusal == null) {
                refusal = new LP2PException(
                        LP2PException.Name.INVALID_STATE_ERROR,
                        "Sending datagrams was ended here; make a new transport");
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    /** The transport is over; on the loop. */
    void fail(LP2PException failure) {
        synchronized (lock) {
            refusal = failure;
        }
        for (Sent next = poll(); next != null; next = poll()) {
            next.datagram.release();
            CompletableFuture<Void> write = next.write;
            if (write != null) {
                Completions.run(callbacks, () -> write.completeExceptionally(failure));
            }
        }
    }

    int highWaterMark() {
        return highWaterMark;
    }

    void setHighWaterMark(int datagrams) {
        highWaterMark = datagrams;
    }

    Optional<Duration> maxAge() {
        return maxAge;
    }

    void setMaxAge(Optional<Duration> age) {
        maxAge = age;
    }

    long expiredCount() {
        return expired.get();
    }

    static boolean isOlderThan(Optional<Duration> age, Instant time, InstantSource clock) {
        return age.isPresent() && Duration.between(time, clock.instant()).compareTo(age.get()) > 0;
    }

    private void flush() {
        flushIsDue.set(false);
        Connection to = connection;
        if (to == null) {
            return;
        }
        for (Sent next = poll(); next != null; next = poll()) {
            if (isOlderThan(maxAge, next.time, clock)) {
                expired.incrementAndGet();
                next.datagram.release();
            } else {
                traffic.sent(next.datagram.readableBytes());
                to.sendDatagram(next.datagram);
            }
            CompletableFuture<Void> write = next.write;
            if (write != null) {
                Completions.run(callbacks, () -> write.complete(null));
            }
        }
    }

    private @Nullable Sent poll() {
        synchronized (lock) {
            return waiting.poll();
        }
    }

    private static LP2PException tooMany() {
        return new LP2PException(
                LP2PException.Name.OPERATION_ERROR,
                MAX_WAITING + " datagrams wait to be sent. Wait for each write before the next");
    }

    /** @param write what its writer waits for, or null */
    private record Sent(
            ByteBuf datagram, Instant time, @Nullable CompletableFuture<Void> write) {}
}
