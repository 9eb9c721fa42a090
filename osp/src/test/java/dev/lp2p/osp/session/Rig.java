package dev.lp2p.osp.session;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.SimulatedConnectionPair;
import dev.lp2p.testkit.SimulatedLoop;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Two agents in one thread: the laptop dials the television, which advertises itself. */
class Rig {

    static final String ORIGIN = "https://page.example";

    static final String TOKEN = "Yg7Wq2LkPz";

    final SimulatedLoop loop = new SimulatedLoop();
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
    final Random random;
    final TestAgent laptop = new TestAgent("Laptop", loop, allocator);
    final TestAgent television = new TestAgent("Living Room", loop, allocator);
    SimulatedConnectionPair.Conditions conditions = SimulatedConnectionPair.Conditions.ROUGH;

    @Nullable SimulatedConnectionPair pair;

    Rig(long seed) {
        random = new Random(seed);
    }

    SimulatedConnectionPair pair() {
        if (pair == null) {
            throw new AssertionError("Nobody has dialled");
        }
        return pair;
    }

    /** A connection between the two, without sessions on it. */
    SimulatedConnectionPair connect() {
        return connect(laptop.fingerprint, television.fingerprint);
    }

    SimulatedConnectionPair connect(Fingerprint client, Fingerprint server) {
        pair = new SimulatedConnectionPair(loop, allocator, random, conditions, client, server);
        return pair;
    }

    void dial() {
        dial(TOKEN);
    }

    void dial(@Nullable String token) {
        connect();
        television.start(pair().server(), TOKEN, null);
        laptop.start(pair().client(), token, television.name);
    }

    /** Dials between two that know each other, until both have a session. */
    void dialKnown() {
        laptop.knows(television);
        television.knows(laptop);
        dial();
        settle();
        if (laptop.sessions.size() != 1 || television.sessions.size() != 1) {
            throw new AssertionError("No session: " + laptop.failures + television.failures);
        }
    }

    /** As {@link #dialKnown}, and the laptop then asks for a connection, which the television accepts. */
    void connectKnown() {
        dialKnown();
        laptop.request(ORIGIN);
        settle();
        if (laptop.connections.size() != 1 || television.connections.size() != 1) {
            throw new AssertionError("No connection");
        }
    }

    /** Lets everything that is under way arrive, and nothing time out. */
    void settle() {
        loop.advance(Duration.ofSeconds(2));
    }

    /** Bytes of buffers that nobody released. */
    long leakedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }
}
