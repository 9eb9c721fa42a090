package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PConnectionEvent;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PDataChannelEvent;
import dev.lp2p.MessageData;
import dev.lp2p.Origin;
import dev.lp2p.gateway.TwoDevices.Channel;
import dev.lp2p.gateway.TwoDevices.Pages;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a page hears of an end while it leaves unread what came before. */
class EndsTest {

    private static final int MORE_THAN_A_WINDOW = 300_000;

    /** So much of a window stays empty at most. */
    private static final int PART_OF_A_READ = 16 * 1024;

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static TwoDevices devices;

    @BeforeAll
    static void start() throws Exception {
        devices = new TwoDevices(folder);
    }

    @AfterAll
    static void stop() {
        devices.close();
    }

    @Test
    void aStreamThatAPageLeavesUnreadDoesNotKeepFromItThatItsConnectionWasRevoked() throws Exception {
        devices.tvGateway.drainFor(Duration.ofDays(1));
        String site = "https://revoked.example";
        Pages pages = connect(site);
        Channel transport = pages.openTransport();
        leaveUnread(pages, transport, new byte[MORE_THAN_A_WINDOW]);

        stopReceiving(pages.tv());
        devices.tv.block(new Origin(site));

        assertThat(pages.tv().hear("transport.closed").has("error")).isTrue();
        assertThat(pages.tv().hear("connection.closed").path("reason").asText()).isEqualTo("revoked");
    }

    @Test
    void norThatOneWasRevokedWhoseTransportThePeerHadClosed() throws Exception {
        devices.tvGateway.drainFor(Duration.ofDays(1));
        String site = "https://closed-and-revoked.example";
        Pages pages = connect(site);
        Channel transport = pages.openTransport();
        leaveUnread(pages, transport, new byte[MORE_THAN_A_WINDOW]);
        pages.phone().say("{'type':'transport.close','transport':%d,'code':7,'reason':''}", transport.atPhone());
        pages.tv().hear("transport.draining");

        stopReceiving(pages.tv());
        devices.tv.block(new Origin(site));

        assertThat(pages.tv().hear("transport.closed").path("code").asLong()).isEqualTo(7);
        assertThat(pages.tv().hear("connection.closed").path("reason").asText()).isEqualTo("revoked");
    }

    @Test
    void aStreamThatAPageLeavesUnreadKeepsItsTransportOpenForAWhileOnly() throws Exception {
        devices.tvGateway.drainFor(Duration.ofMillis(1));
        Pages pages = devices.connect();
        Channel transport = pages.openTransport();
        leaveUnread(pages, transport, new byte[MORE_THAN_A_WINDOW]);

        pages.phone().say("{'type':'transport.close','transport':%d,'code':7,'reason':''}", transport.atPhone());

        assertThat(pages.tv().hear("transport.closed").path("code").asLong()).isEqualTo(7);
    }

    @Test
    void whatAPeerSentBeforeItClosedATransportIsReadInThatWhile() throws Exception {
        devices.tvGateway.drainFor(Duration.ofDays(1));
        Pages pages = devices.connect();
        Channel transport = pages.openTransport();
        Unread unread = leaveUnread(pages, transport, new byte[MORE_THAN_A_WINDOW]);
        pages.phone().say("{'type':'transport.close','transport':%d,'code':7,'reason':''}", transport.atPhone());
        pages.tv().hear("transport.draining");

        pages.tv().say("{'type':'credit','flow':0,'bytes':%d}", unread.bytes());
        pages.tv().say("{'type':'credit','flow':%d,'bytes':%d}", unread.stream(), unread.bytes());
        int left = MORE_THAN_A_WINDOW - unread.bytes();
        while (left > 0) {
            TestPage.Frame frame = pages.tv().hearFrame(unread.stream());
            left -= frame.payload().length;
            pages.tv().give(frame);
        }
        pages.tv().hear("transport.closed");
    }

    /** A network that goes and comes back takes longer than a test may. */
    @Test
    void aPageHearsThatAConnectionIsBackOnlyAfterItHeardOfItsEnd() {
        EmbeddedChannel socket = new EmbeddedChannel();
        PageSession session = new PageSession(
                devices.tv,
                new Origin("https://back.example"),
                socket.eventLoop(),
                new PageLink(socket),
                Limits.HELD_BYTES,
                Limits.DRAINING_TIME,
                new Budgets(socket.eventLoop()));
        Heard<LP2PConnection> lost = new Heard<>(LP2PConnection.class);
        Heard<LP2PDataChannel> channel = new Heard<>(LP2PDataChannel.class);
        PageConnection connection = new PageConnection(session, session.newNumber(), lost.it(), true);
        session.add(connection);
        connection.begin();
        lost.fire("onDataChannel", new LP2PDataChannelEvent(channel.it()));
        socket.runPendingTasks();
        channel.fire("onMessage", new MessageData.Text("x".repeat(MORE_THAN_A_WINDOW)));
        channel.run("onClose");
        lost.fire("onClose", LP2PConnection.CloseReason.NETWORK_LOST);
        lost.fire("onReconnect", new LP2PConnectionEvent(new Heard<>(LP2PConnection.class).it()));
        assertThat(heard(socket)).containsExactly("channel.incoming");

        session.onMessage(new GatewayMessage.FromPage.ChannelAbort(3, ""));

        assertThat(heard(socket)).containsExactly("connection.closed", "connection.reconnected");
        socket.finishAndReleaseAll();
    }

    private static Pages connect(String site) throws Exception {
        return TwoDevices.connect(
                TestPage.welcomed(devices.tvGateway.port(), site),
                TestPage.welcomed(devices.phoneGateway.port(), site));
    }

    /** So that the page hears nothing of its receiver when its site is blocked. */
    private static void stopReceiving(TestPage page) throws Exception {
        page.say("{'type':'receiver.close','receiver':2}");
        page.say("{'type':'answer-me'}");
        assertThat(page.hear("error").path("code").asText()).isEqualTo("unknown-type");
    }

    /** Has the page on the television have unread a window, and its agent the rest. */
    private static Unread leaveUnread(Pages pages, Channel transport, byte[] content) throws Exception {
        pages.tv().keepCredit();
        long stream = pages.phone().newNumber();
        pages.phone()
                .say(
                        "{'type':'stream.open','stream':%d,'transport':%d,'bidirectional':false}",
                        stream, transport.atPhone());
        pages.phone().sendAll(FrameKind.STREAM, FrameKind.STREAM_END, stream, content);
        pages.phone().hear("stream.finished");
        long atTv = pages.tv().hear("stream.incoming").path("stream").asLong();
        int came = 0;
        while (came <= Limits.FLOW_WINDOW - PART_OF_A_READ) {
            came += pages.tv().hearFrame(atTv).payload().length;
        }
        long received = 0;
        for (int query = 0; received < content.length; query++) {
            pages.tv().say("{'type':'transport.stats','transport':%d,'query':%d}", transport.atTv(), query);
            received = pages.tv()
                    .hear("transport.stats")
                    .path("stats")
                    .path("bytesReceived")
                    .asLong();
        }
        return new Unread(atTv, came);
    }

    private record Unread(long stream, int bytes) {}

    private static List<String> heard(EmbeddedChannel socket) {
        socket.runPendingTasks();
        List<String> types = new ArrayList<>();
        for (Object next = socket.readOutbound(); next != null; next = socket.readOutbound()) {
            if (next instanceof TextWebSocketFrame text) {
                types.add(text.text().replaceFirst(".*?\"type\":\"([a-z.]+)\".*", "$1"));
            }
            ReferenceCountUtil.release(next);
        }
        return types;
    }

    /** Has nothing but listeners. */
    private static final class Heard<T> {

        private final Map<String, Object> listeners = new HashMap<>();
        private final T it;

        Heard(Class<T> type) {
            this.it = type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
                        if (method.getName().startsWith("on")) {
                            listeners.put(method.getName(), args[0]);
                        }
                        Class<?> result = method.getReturnType();
                        return result == String.class
                                ? ""
                                : result == int.class ? (Object) 0 : result == long.class ? 0L : null;
                    }));
        }

        T it() {
            return it;
        }

        @SuppressWarnings("unchecked")
        <E> void fire(String event, E value) {
            ((Consumer<E>) Objects.requireNonNull(listeners.get(event))).accept(value);
        }

        void run(String event) {
            ((Runnable) Objects.requireNonNull(listeners.get(event))).run();
        }
    }
}
