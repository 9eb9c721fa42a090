package dev.lp2p;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Datagrams that came and wait to be read: no more than the high-water mark, and none older than the maximum age. */
final class IncomingDatagrams extends ReadQueue<IncomingDatagrams.Received, ByteBuffer> {

    private final InstantSource clock;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private volatile int highWaterMark = WebTransportDatagramDuplexStream.DEFAULT_HIGH_WATER_MARK;
    private volatile Optional<Duration> maxAge = Optional.empty();

    IncomingDatagrams(ConnectionContext context) {
        super(context.listeners());
        this.clock = context.clock();
    }

    /** Copies it, since it may wait for a reader that never comes; on the loop. */
    void add(ByteBuf datagram) {
        ByteBuffer copy = ByteBuffer.allocate(datagram.readableBytes());
        datagram.readBytes(copy);
        datagram.release();
        add(new Received(copy.flip(), clock.instant()));
        while (size() > highWaterMark) {
            removeOldest();
            dropped.incrementAndGet();
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

    long droppedCount() {
        return dropped.get();
    }

    long expiredCount() {
        return expired.get();
    }

    @Override
    boolean isStale(Received item) {
        boolean isStale = OutgoingDatagrams.isOlderThan(maxAge, item.time, clock);
        if (isStale) {
            expired.incrementAndGet();
        }
        return isStale;
    }

    @Override
    ByteBuffer give(Received item) {
        return item.datagram;
    }

    record Received(ByteBuffer datagram, Instant time) {}
}
