package dev.lp2p.osp.agent;

import dev.lp2p.osp.message.AgentCapability;
import dev.lp2p.osp.session.OspSession;
import dev.lp2p.osp.session.PeerConnection;
import dev.lp2p.osp.transport.Connection;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The q2q connections with one peer. There are some only beside a live session with a peer that is known: whoever has none
 * is refused, and all end with it.
 *
 * @see <a href="https://wicg.github.io/local-peer-to-peer/#webtransport-extension">WebTransport extension</a>
 */
final class PeerTransports {

    /** With one peer at once, made by either. */
    static final int MAX_TRANSPORTS = 64;

    /** Ours whose handshake is under way; past them the peer would ask each for a Retry, or take none. */
    private static final int MAX_DIALS = 3;

    /** Less than half of the idle timeout, so that one that is late costs nothing. */
    static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(10);

    private final PeerLink.Agent agent;

    /** The session, if it is live and its peer known. */
    private final Supplier<@Nullable OspSession> session;

    private final List<Connection> open = new ArrayList<>();
    private final List<TransportPrelude.Sent> preludes = new ArrayList<>();
    private final Queue<Dial> waiting = new ArrayDeque<>();
    private int dialling;
    private boolean isTicking;

    PeerTransports(PeerLink.Agent agent, Supplier<@Nullable OspSession> session) {
        this.agent = agent;
        this.session = session;
    }

    /** Makes one for a connection of the session. */
    CompletionStage<Connection> dial(DiscoveredAgent target, PeerConnection connection) {
        OspSession its = session.get();
        Dial dial = new Dial(its, target, connection.id(), new CompletableFuture<>());
        if (its == null) {
            dial.fail(noSession());
        } else if (isFull()) {
            dial.fail(new OspException(
                    OspException.Kind.UNAVAILABLE,
                    "There are " + MAX_TRANSPORTS + " transports with this device; close one first"));
        } else {
            waiting.add(dial);
            dialNext();
        }
        return dial.result;
    }

    /** The peer dialled. */
    void onIncoming(Connection transport) {
        OspSession its = session.get();
        if (its == null || isFull()) {
            transport.refuse();
            return;
        }
        add(transport);
        if (its.peerInfo().capabilities().contains(AgentCapability.ORIGINS)) {
            TransportPrelude.await(
                    transport,
                    agent.loop(),
                    PooledByteBufAllocator.DEFAULT,
                    connectionId -> give(its, OptionalLong.of(connectionId), transport));
        } else {
            give(its, OptionalLong.empty(), transport);
        }
    }

    boolean isEmpty() {
        return open.isEmpty() && waiting.isEmpty() && dialling == 0;
    }

    /** The session is over, or is to be. */
    void closeAll() {
        List.copyOf(open).forEach(Connection::refuse);
        open.clear();
        List.copyOf(waiting).forEach(dial -> dial.fail(noSession()));
        waiting.clear();
    }

    private void give(OspSession its, OptionalLong connectionId, Connection transport) {
        if (session.get() == its) {
            its.onTransport(connectionId, transport);
        } else {
            transport.refuse();
        }
    }

    private void dialNext() {
        while (dialling < MAX_DIALS && !waiting.isEmpty()) {
            Dial next = waiting.remove();
            dialling++;
            agent.dialTransport(next.target).whenComplete((transport, failure) -> {
                dialling--;
                if (failure != null) {
                    next.result.completeExceptionally(failure);
                } else {
                    onDialled(next, transport);
                }
                dialNext();
            });
        }
    }

    private void onDialled(Dial dial, Connection transport) {
        // Another session has other connections under the same ids.
        if (session.get() == null || session.get() != dial.session) {
            transport.refuse();
            dial.fail(noSession());
            return;
        }
        add(transport);
        if (dial.connectionId.isPresent()) {
            preludes.add(
                    TransportPrelude.send(transport, dial.connectionId.getAsLong(), PooledByteBufAllocator.DEFAULT));
        }
        if (!dial.result.complete(transport)) {
            transport.close(0, "");
        }
    }

    private void add(Connection transport) {
        transport.vouch();
        open.add(transport);
        if (!isTicking) {
            isTicking = true;
            scheduleTick();
        }
    }

    private boolean isFull() {
        open.removeIf(Connection::isClosed);
        return open.size() + waiting.size() + dialling >= MAX_TRANSPORTS;
    }

    private void scheduleTick() {
        agent.loop().schedule(this::onTick, KEEP_ALIVE_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void onTick() {
        if (session.get() == null) {
            closeAll();
        }
        open.removeIf(Connection::isClosed);
        preludes.removeIf(TransportPrelude.Sent::isOver);
        preludes.forEach(TransportPrelude.Sent::keepAlive);
        isTicking = !open.isEmpty();
        if (isTicking) {
            scheduleTick();
        }
    }

    private static OspException noSession() {
        return new OspException(
                OspException.Kind.UNREACHABLE, "The connection with the device has ended; connect again");
    }

    private record Dial(
            @Nullable OspSession session,
            DiscoveredAgent target,
            OptionalLong connectionId,
            CompletableFuture<Connection> result) {
        void fail(OspException failure) {
            result.completeExceptionally(failure);
        }
    }
}
