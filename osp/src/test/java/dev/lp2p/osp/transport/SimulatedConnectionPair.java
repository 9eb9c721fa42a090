package dev.lp2p.osp.transport;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Two ends of a connection in one thread. Streams keep their own order and are reordered among each other, data is cut
 * and joined at arbitrary places, each direction of a stream has a window, and a close may overtake what was sent
 * before it.
 */
public final class SimulatedConnectionPair {

    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(25);

    final SimulatedLoop loop;
    final ByteBufAllocator allocator;
    final Random random;
    final Conditions conditions;
    private final SimulatedConnection client;
    private final SimulatedConnection server;
    boolean cut;

    /**
     * What the network is like.
     *
     * @param latency one way
     * @param jitter added at random, so that streams overtake each other
     * @param maxChunk bytes that one delivery has at most
     * @param window bytes of one direction of a stream that are under way or not yet read
     */
    public record Conditions(Duration latency, Duration jitter, int maxChunk, int window) {

        public static final Conditions ROUGH =
                new Conditions(Duration.ofMillis(5), Duration.ofMillis(20), 97, 64 * 1024);
        public static final Conditions SMOOTH =
                new Conditions(Duration.ofMillis(1), Duration.ZERO, 16 * 1024, 256 * 1024);
    }

    public SimulatedConnectionPair(
            SimulatedLoop loop,
            ByteBufAllocator allocator,
            Random random,
            Conditions conditions,
            Fingerprint clientFingerprint,
            Fingerprint serverFingerprint) {
        this.loop = loop;
        this.allocator = allocator;
        this.random = random;
        this.conditions = conditions;
        this.client = new SimulatedConnection(this, true, serverFingerprint);
        this.server = new SimulatedConnection(this, false, clientFingerprint);
    }

    public SimulatedConnection client() {
        return client;
    }

    public SimulatedConnection server() {
        return server;
    }

    SimulatedConnection other(SimulatedConnection end) {
        return end == client ? server : client;
    }

    /** Nothing arrives any more; each end notices when its idle timeout ends. */
    public void cut() {
        cut = true;
        for (SimulatedConnection end : List.of(client, server)) {
            loop.schedule(
                    () -> end.end(new ConnectionCloseReason(ConnectionCloseReason.Kind.NETWORK_LOST, 0, "")),
                    IDLE_TIMEOUT.toNanos(),
                    TimeUnit.NANOSECONDS);
        }
    }

    /** The time at which something that is sent now arrives. */
    long arrivalNanos() {
        long jitter = conditions.jitter().toNanos();
        return loop.elapsed().toNanos() + conditions.latency().toNanos() + (jitter == 0 ? 0 : random.nextLong(jitter));
    }

    void at(long nanos, Runnable arrival) {
        loop.schedule(
                () -> {
                    if (!cut) {
                        arrival.run();
                    }
                },
                nanos - loop.elapsed().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Streams that are open on either side, for tests that nothing is left behind. */
    public int openStreams() {
        List<SimulatedStream> all = new ArrayList<>(client.streams);
        all.addAll(server.streams);
        return all.size();
    }
}
