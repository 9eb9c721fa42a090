package dev.lp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Channels between real threads: senders, one loop, listeners. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ChannelThreadsTest {

    private static final int THREADS = 4;
    private static final int MESSAGES = 5_000;
    private static final int WINDOW = 64 * 1024;

    private final ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PipedSessions sessions = new PipedSessions(loop);
    private final LP2PConnection acceptor = connection(sessions.acceptor);
    private final LP2PConnection requester = connection(sessions.requester);

    @AfterEach
    void stop() {
        loop.shutdownNow();
        threads.shutdownNow();
    }

    @Test
    void everyMessageOfEveryThreadArrivesOnceAndInItsThreadsOrder() throws Exception {
        Map<Integer, Integer> last = new ConcurrentHashMap<>();
        AtomicReference<String> disorder = new AtomicReference<>("none");
        AtomicBoolean delivering = new AtomicBoolean();
        CountDownLatch arrived = new CountDownLatch(THREADS * MESSAGES);
        acceptor.onDataChannel(event -> event.channel().onMessage(data -> {
            if (!delivering.compareAndSet(false, true)) {
                disorder.set("two at a time");
            }
            ByteBuffer bytes = ((MessageData.Binary) data).value();
            int thread = bytes.getInt();
            int number = bytes.getInt();
            if (last.merge(thread, number, (before, now) -> now == before + 1 ? now : -1) != number) {
                disorder.set(number + " of thread " + thread);
            }
            delivering.set(false);
            arrived.countDown();
        }));
        LP2PDataChannel channel = open();

        for (int thread = 0; thread < THREADS; thread++) {
            int sender = thread;
            threads.execute(() -> {
                for (int number = 0; number < MESSAGES; number++) {
                    channel.send(ByteBuffer.allocate(64)
                            .putInt(sender)
                            .putInt(number)
                            .rewind());
                }
            });
        }

        arrived.await();
        assertThat(disorder).hasValue("none");
    }

    @Test
    void aListenerThatDoesNotReturnStopsTheSenderWithinTheWindowAndNothingIsLost() throws Exception {
        int size = 8 * 1024;
        int count = 200;
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch drained = new CountDownLatch(1);
        AtomicLong received = new AtomicLong();
        CountDownLatch arrived = new CountDownLatch(count);
        acceptor.onDataChannel(event -> event.channel().onMessage(data -> {
            blocked.countDown();
            await(release);
            received.addAndGet(((MessageData.Binary) data).value().remaining());
            arrived.countDown();
        }));
        LP2PDataChannel channel = open();

        for (int i = 0; i < count; i++) {
            channel.send(new byte[size]);
        }
        blocked.await();
        awaitIdleLoop();
        assertThat(channel.bufferedAmount()).isGreaterThanOrEqualTo((long) size * count - WINDOW - size);
        assertThat(channel.bufferedAmount()).isLessThan((long) size * count);

        // Not before: the first messages may leave nothing behind either.
        channel.onBufferedAmountLow(drained::countDown);
        release.countDown();
        arrived.await();
        drained.await();
        awaitIdleLoop();
        assertThat(received).hasValue((long) size * count);
        assertThat(channel.bufferedAmount()).isZero();
    }

    private LP2PDataChannel open() throws Exception {
        CompletableFuture<LP2PDataChannel> opened = new CompletableFuture<>();
        LP2PDataChannel channel = requester.createDataChannel("threads");
        channel.onOpen(() -> opened.complete(channel));
        return opened.get();
    }

    /** Each frame that the wire carries is a task which adds the next one, so an idle loop has carried all it can. */
    private void awaitIdleLoop() throws Exception {
        boolean busy = true;
        while (busy) {
            busy = loop.submit(() -> !loop.getQueue().isEmpty()).get();
        }
    }

    private LP2PConnectionImpl connection(PipedSessions.End session) {
        LP2PSettings settings = ConnectionFixture.settings(threads, WINDOW);
        ConnectionTerms terms = new ConnectionTerms(
                Grant.Key.outgoing(session.peerFingerprint(), Origin.UNNAMED), Grant.Lifetime.ONCE, Optional.empty());
        LP2PConnectionImpl connection = new LP2PConnectionImpl(
                session,
                new Peer(session.peerNickname(), session.peerFingerprint()),
                terms,
                new ConnectionContext(loop, InstantSource.system(), settings, threads, threads),
                new RecordingOwner(new CopyOnWriteArrayList<>()));
        // Without its timer for idle connections, which would keep the loop's queue from being empty.
        session.setListener(connection);
        return connection;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
