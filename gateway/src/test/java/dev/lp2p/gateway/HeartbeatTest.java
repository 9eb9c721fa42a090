package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long pages may be silent, on a clock of the test's. */
class HeartbeatTest {

    private static final Duration HEARTBEAT = GatewaySettings.DEFAULT_HEARTBEAT;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalPeerToPeerManager manager;

    @SuppressWarnings("NullAway.Init")
    private static Gateway gateway;

    @SuppressWarnings("NullAway.Init")
    private EmbeddedChannel socket;

    private boolean answers;
    private int pings;

    @BeforeAll
    static void start() throws Exception {
        LP2PSettings settings = LP2PSettings.builder(
                        "Here", folder.resolve("key"), new InMemoryPeerStore(), new InMemoryMetadataStore())
                .interfaces(List.of("lo"))
                .build();
        manager = LocalPeerToPeerManager.start(
                settings, new InsecureWillingConsent("nobody", new LinkedBlockingQueue<>()));
        gateway = Gateway.start(new GatewaySettings(0, Map.of()), manager);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        manager.close();
    }

    @BeforeEach
    void welcome() {
        socket = new EmbeddedChannel(new PageSocket(gateway, "https://example.com"));
        socket.freezeTime();
        socket.pipeline().fireUserEventTriggered(new HandshakeComplete("/lp2p", new DefaultHttpHeaders(), null));
        socket.writeInbound(new TextWebSocketFrame("{\"type\":\"hello\",\"versions\":[1]}"));
        // The rules are read in the order of the questions.
        assertThat(CompletableFuture.runAsync(() -> {}, gateway.files())).succeedsWithin(TestPage.PATIENCE);
        socket.runPendingTasks();
        assertThat(((TextWebSocketFrame) socket.readOutbound()).text()).contains("welcome");
    }

    @Test
    void aPageThatIsBusyForLessThanAMinuteStays() {
        pass(GatewaySettings.DEFAULT_PATIENCE.minus(HEARTBEAT));
        assertThat(socket.isOpen()).isTrue();
        pass(HEARTBEAT);
        assertThat(socket.isOpen()).isFalse();
    }

    @Test
    void aPageThatAnswersStays() {
        answers = true;
        pass(GatewaySettings.DEFAULT_PATIENCE.multipliedBy(3));
        assertThat(socket.isOpen()).isTrue();
        socket.close();
    }

    private void pass(Duration time) {
        for (long beats = time.dividedBy(HEARTBEAT); beats > 0; beats--) {
            socket.advanceTimeBy(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
            socket.runScheduledPendingTasks();
            socket.runPendingTasks();
            pings++;
            if (answers) {
                socket.writeInbound(new TextWebSocketFrame("{\"type\":\"pong\",\"id\":" + pings + "}"));
            }
            socket.releaseOutbound();
        }
    }
}
