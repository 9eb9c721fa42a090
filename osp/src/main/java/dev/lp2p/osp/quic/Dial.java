package dev.lp2p.osp.quic;

import dev.lp2p.osp.agent.OspException;
import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.transport.Connection;
import dev.lp2p.osp.transport.ConnectionCloseReason;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One wish for a connection: tries the peer's addresses in order, each a little after the one before or when that failed,
 * and keeps the first on which the expected peer answers.
 */
final class Dial {

    /** RFC 8305, section 5: Connection Attempt Delay. */
    private static final Duration STAGGER = Duration.ofMillis(250);

    private final EventLoop loop;
    private final Fingerprint expected;
    private final Connector connector;
    private final QuicLimits limits;
    private final UnreadBudget budget;
    private final Queue<InetSocketAddress> untried;
    private final List<ConnectionHandler> attempts = new ArrayList<>();
    private final CompletableFuture<Connection> result = new CompletableFuture<>();
    private int underWay;
    private boolean wrongPeer;
    private @Nullable ConnectionCloseReason lastFailure;
    private io.netty.util.concurrent.@Nullable ScheduledFuture<?> next;

    Dial(
            EventLoop loop,
            List<InetSocketAddress> addresses,
            Fingerprint expected,
            QuicLimits limits,
            UnreadBudget budget,
            Connector connector) {
        this.loop = loop;
        this.untried = new ArrayDeque<>(addresses);
        this.expected = expected;
        this.limits = limits;
        this.budget = budget;
        this.connector = connector;
    }

    /** Begins a connection to one address, whose handler is given. */
    interface Connector {
        Future<QuicChannel> connect(InetSocketAddress address, ConnectionHandler handler);
    }

    CompletionStage<Connection> start(Duration timeout) {
        var clock = loop.schedule(this::giveUp, timeout.toMillis(), TimeUnit.MILLISECONDS);
        result.whenComplete((connection, failure) -> clock.cancel(false));
        tryNext();
        return result;
    }

    private void tryNext() {
        if (next != null) {
            next.cancel(false);
        }
        if (result.isDone()) {
            return;
        }
        InetSocketAddress address = untried.poll();
        if (address == null) {
            if (underWay == 0) {
                giveUp();
            }
            return;
        }
        if (!untried.isEmpty()) {
            next = loop.schedule(this::tryNext, STAGGER.toMillis(), TimeUnit.MILLISECONDS);
        }
        underWay++;
        Attempt attempt = new Attempt();
        ConnectionHandler handler = new ConnectionHandler(true, limits, budget, attempt);
        attempts.add(handler);
        connector.connect(address, handler).addListener(attempt::begun);
    }

    private void giveUp() {
        if (!result.isDone()) {
            result.completeExceptionally(failure());
            attempts.forEach(ConnectionHandler::abort);
        }
    }

    private OspException failure() {
        if (wrongPeer) {
            return new OspException(
                    OspException.Kind.WRONG_PEER,
                    "Whoever answers at the advertised address has another key than " + expected);
        }
        String why = lastFailure == null || lastFailure.reason().isEmpty() ? "" : " (" + lastFailure.reason() + ")";
        return new OspException(
                OspException.Kind.UNREACHABLE,
                "Nobody answered at the advertised addresses; is the peer still on this network?" + why);
    }

    private final class Attempt implements ConnectionHandler.HandshakeListener {

        private boolean over;

        void begun(Future<? super QuicChannel> done) {
            if (!done.isSuccess()) {
                onFailed(new ConnectionCloseReason(
                        ConnectionCloseReason.Kind.TRANSPORT_ERROR,
                        0,
                        String.valueOf(done.cause().getMessage())));
            }
        }

        @Override
        public boolean onProven(QuicConnection connection) {
            over = true;
            underWay--;
            if (!connection.peerFingerprint().equals(expected)) {
                wrongPeer = true;
                loop.execute(Dial.this::tryNext);
                return false;
            }
            loop.execute(() -> {
                if (result.complete(connection)) {
                    attempts.forEach(ConnectionHandler::abort);
                } else {
                    connection.close(0, "");
                }
            });
            return true;
        }

        @Override
        public void onFailed(ConnectionCloseReason reason) {
            if (!over) {
                over = true;
                underWay--;
                lastFailure = reason;
                loop.execute(Dial.this::tryNext);
            }
        }
    }
}
