package dev.lp2p.osp.quic;

import dev.lp2p.osp.transport.ConnectionStats;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicConnectionPathStats;
import io.netty.handler.codec.quic.QuicConnectionStats;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Asks the library for a connection's counters and for those of its only path, one after the other. */
final class StatsCollection {

    private static final int ONLY_PATH = 0;

    private final CompletableFuture<ConnectionStats> result = new CompletableFuture<>();

    StatsCollection(QuicChannel channel) {
        channel.collectStats().addListener(connection -> {
            if (!connection.isSuccess()) {
                result.completeExceptionally(connection.cause());
                return;
            }
            QuicConnectionStats counters = (QuicConnectionStats) connection.getNow();
            channel.collectPathStats(ONLY_PATH).addListener(path -> {
                if (path.isSuccess()) {
                    result.complete(of(counters, (QuicConnectionPathStats) path.getNow()));
                } else {
                    result.completeExceptionally(path.cause());
                }
            });
        });
    }

    CompletionStage<ConnectionStats> result() {
        return result;
    }

    private static ConnectionStats of(QuicConnectionStats connection, QuicConnectionPathStats path) {
        return new ConnectionStats(
                connection.sent(),
                connection.recv(),
                connection.lost(),
                connection.sentBytes(),
                connection.recvBytes(),
                connection.lostBytes(),
                connection.streamRetransBytes(),
                Duration.ofNanos(path.rtt()),
                path.deliveryRate());
    }
}
