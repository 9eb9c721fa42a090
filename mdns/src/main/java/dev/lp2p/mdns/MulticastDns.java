package dev.lp2p.mdns;

import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Finds services on the local network and advertises them, as RFC 6762 and RFC 6763 say. Nothing is sent before something
 * is registered or browsed for. Interfaces may come, go and change at any time; while there is none, it waits.
 *
 * <p>Nothing that is discovered is authenticated: any host on the network can say anything.
 */
public final class MulticastDns implements AutoCloseable {

    /** How long {@link #close()} waits for goodbyes to be sent. */
    private static final long CLOSE_SECONDS = 5;

    private final Loop loop;
    private final Executor callbacks;
    private final Transport transport;
    private final Engine engine;
    private final Runnable stopThreads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger waitingPackets = new AtomicInteger();
    private volatile LocalInterfaces interfaces = new LocalInterfaces(List.of());

    /**
     * Starts on the interfaces of {@code settings}, with threads of its own.
     *
     * @throws java.io.UncheckedIOException if the system has no sockets to give
     */
    public static MulticastDns start(MulticastDnsSettings settings) {
        ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(
                1, task -> daemon(task, "mdns-loop"), new ThreadPoolExecutor.DiscardPolicy());
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ExecutorService callbacks = Executors.newSingleThreadExecutor(task -> daemon(task, "mdns-callbacks"));
        return new MulticastDns(
                loop,
                monotonicClock(),
                new SecureRandom(),
                callbacks,
                new SocketTransport(settings.interfaces()),
                () -> stop(loop, callbacks));
    }

    /** @param stopThreads runs last when all is closed */
    MulticastDns(
            ScheduledExecutorService loop,
            InstantSource clock,
            RandomGenerator random,
            Executor callbacks,
            Transport transport,
            Runnable stopThreads) {
        this.loop = new Loop(loop, clock, random);
        this.callbacks = task -> callbacks.execute(() -> runCallback(task));
        this.transport = transport;
        this.engine = new Engine(this.loop, transport);
        this.stopThreads = stopThreads;
        transport.start(new ToLoop());
    }

    /** Advertises a service until the result, or this, is closed. */
    public ServiceRegistration register(ServiceDescription service, RegistrationListener listener) {
        ServiceRegistration registration =
                new ServiceRegistration(loop, engine.publisher(), service, callbacks, listener);
        loop.post(registration::start);
        return registration;
    }

    /** Looks for services of a type until the result, or this, is closed; those advertised here are not found. */
    public Browsing browse(ServiceType type, BrowseListener listener) {
        Browsing browsing = new Browsing(loop, engine.discovery(), type, new Deliveries(callbacks, listener));
        loop.post(browsing::start);
        return browsing;
    }

    /** The interfaces that are in use now, with their subnets. */
    public LocalInterfaces localInterfaces() {
        return interfaces;
    }

    /** Says goodbye for all that is advertised, and returns when that is on its way. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            sayGoodbye().get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            Loop.LOG.log(Level.WARNING, "Multicast DNS closes without a goodbye", e);
        }
        transport.close();
        stopThreads.run();
    }

    /** Withdraws everything on the loop. */
    CompletableFuture<Void> sayGoodbye() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.post(() -> {
            engine.publisher().withdrawAll();
            done.complete(null);
        });
        return done;
    }

    Engine engine() {
        return engine;
    }

    private static void runCallback(Runnable callback) {
        try {
            callback.run();
        } catch (RuntimeException e) {
            Loop.LOG.log(Level.ERROR, "A listener of multicast DNS failed", e);
        }
    }

    /** Time that no one sets: lifetimes of records must not end when the wall clock is corrected. */
    private static InstantSource monotonicClock() {
        long origin = System.nanoTime();
        Instant start = Instant.now();
        return () -> start.plusNanos(System.nanoTime() - origin);
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private static void stop(ExecutorService loop, ExecutorService callbacks) {
        loop.shutdown();
        try {
            loop.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        callbacks.shutdown();
    }

    private final class ToLoop implements Transport.Receiver {

        @Override
        public void onInterfaces(LocalInterfaces now) {
            interfaces = now;
            loop.post(() -> engine.onInterfaces(now));
        }

        @Override
        public void onPacket(int interfaceIndex, InetSocketAddress source, byte[] packet) {
            if (waitingPackets.incrementAndGet() > Protocol.MAX_WAITING_PACKETS) {
                waitingPackets.decrementAndGet();
                return;
            }
            loop.post(() -> {
                waitingPackets.decrementAndGet();
                engine.onPacket(interfaceIndex, source, packet);
            });
        }
    }
}
