package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.LP2PConnection;
import dev.lp2p.LP2PDataChannel;
import dev.lp2p.LP2PDataChannelInit;
import dev.lp2p.LP2PRequest;
import dev.lp2p.LP2PRequestOptions;
import dev.lp2p.Origin;
import dev.lp2p.gateway.TwoDevices.Channel;
import dev.lp2p.gateway.TwoDevices.Pages;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.EventExecutor;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page with a channel that does not keep to its credit, or to its messages. */
class PageCreditTest {

    /** That a peer allows on a transport at a time. */
    private static final int STREAMS_OF_ONE_WAY = 128;

    /** What the gateway holds of a page, less than usual so that it is soon reached. */
    private static final long HELD_BYTES = 6L * Limits.FLOW_WINDOW;

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
    void aMessageAboveTheLargestEndsTheSocket() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        byte[] message = new byte[Limits.MESSAGE_BYTES];
        pages.phone().sendAll(FrameKind.BINARY_PART, FrameKind.BINARY_PART, channel.atPhone(), message);
        pages.phone().sendFrame(FrameKind.BINARY, channel.atPhone(), new byte[] {1});

        assertThat(error(pages.phone())).isEqualTo("bad-message");
    }

    @Test
    void partsOfTwoMessagesEndTheSocket() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().sendFrame(FrameKind.TEXT_PART, channel.atPhone(), new byte[] {'a'});
        pages.phone().sendFrame(FrameKind.BINARY, channel.atPhone(), new byte[] {'b'});

        assertThat(error(pages.phone())).isEqualTo("bad-message");
        pages.tv().hear("connection.closed");
    }

    @Test
    void textThatIsNoneEndsTheSocket() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().sendFrame(FrameKind.TEXT, channel.atPhone(), new byte[] {(byte) 0xff});

        assertThat(error(pages.phone())).isEqualTo("bad-message");
    }

    @Test
    void moreCreditThanWasUsedEndsTheSocket() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().say("{'type':'credit','flow':%d,'bytes':1}", channel.atPhone());

        assertThat(error(pages.phone())).isEqualTo("bad-message");
    }

    @Test
    void aStreamOnWhatIsNoTransportEndsTheSocket() throws Exception {
        Pages pages = devices.connect();
        pages.phone()
                .say(
                        "{'type':'stream.open','stream':%d,'transport':%d,'bidirectional':true}",
                        pages.phone().newNumber(), pages.phoneConnection());

        assertThat(error(pages.phone())).isEqualTo("bad-message");
    }

    @Test
    void bytesBehindTheEndOfAStreamEndTheSocket() throws Exception {
        Pages pages = devices.connect();
        Channel transport = pages.openTransport();
        long stream = pages.phone().newNumber();
        pages.phone()
                .say(
                        "{'type':'stream.open','stream':%d,'transport':%d,'bidirectional':true}",
                        stream, transport.atPhone());
        pages.phone().sendFrame(FrameKind.STREAM_END, stream, new byte[] {1});
        pages.phone().sendFrame(FrameKind.STREAM, stream, new byte[] {1});

        assertThat(error(pages.phone())).isEqualTo("bad-message");
    }

    @Test
    void streamsThatThePeerDoesNotLetBeginCountAsHeld() throws Exception {
        devices.phoneGateway.holdAtMost(HELD_BYTES);
        Pages pages = devices.connect();
        assertThatThrownBy(() -> hold(pages, 2 * HELD_BYTES))
                .isInstanceOfAny(IllegalStateException.class, CompletionException.class);

        assertThat(error(pages.phone())).isEqualTo("too-many");
    }

    @Test
    void whatIsHeldForAllPagesTogetherIsBoundedToo() throws Exception {
        TestPage other = TestPage.welcomed(devices.phoneGateway.port(), "https://innocent.example");
        SharedBudget all = devices.phoneGateway.budgets().forPeers();
        all.limit(HELD_BYTES);
        try {
            Pages pages = devices.connect();
            assertThatThrownBy(() -> hold(pages, 2 * HELD_BYTES))
                    .isInstanceOfAny(IllegalStateException.class, CompletionException.class);

            assertThat(error(pages.phone())).isEqualTo("too-many");
            other.say("{'type':'request.resume','request':2}");
            other.hear("request.failed");
        } finally {
            all.limit(Limits.ALL_HELD_BYTES);
        }
    }

    /** Has the phone's agent hold so much that does not leave. */
    private static void hold(Pages pages, long bytes) throws Exception {
        Channel transport = pages.openTransport();
        String open = "{'type':'stream.open','stream':%d,'transport':%d,'bidirectional':false}";
        for (int i = 0; i < STREAMS_OF_ONE_WAY; i++) {
            pages.phone().say(open, pages.phone().newNumber(), transport.atPhone());
        }
        byte[] window = new byte[Limits.FLOW_WINDOW];
        for (long held = 0; held < bytes; held += window.length) {
            long stream = pages.phone().newNumber();
            pages.phone().say(open, stream, transport.atPhone());
            pages.phone().sendAll(FrameKind.STREAM, FrameKind.STREAM, stream, window);
        }
    }

    /** A transport whose peer says nothing is not ready, and has no statistics: no question is answered. */
    @Test
    void moreQuestionsForStatisticsThanAreAnsweredAtATimeEndTheSocket() throws Exception {
        Pages pages = devices.connect();
        CountDownLatch over = new CountDownLatch(1);
        try {
            hold(devices.tv.loop(), over);
            long transport = pages.phone().newNumber();
            pages.phone()
                    .say(
                            "{'type':'transport.open','connection':%d,'transport':%d}",
                            pages.phoneConnection(), transport);
            for (int i = 0; i <= Limits.STATS_QUERIES; i++) {
                pages.phone().say("{'type':'transport.stats','transport':%d,'query':%d}", transport, i);
            }

            assertThat(error(pages.phone())).isEqualTo("too-many");
        } finally {
            over.countDown();
        }
    }

    /** Returns once the loop does nothing, until it is over. */
    private static void hold(Executor loop, CountDownLatch over) throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        loop.execute(() -> {
            held.countDown();
            try {
                over.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        held.await();
    }

    /** Both sides make them, so that the page cannot know how many there are. */
    @Test
    void aTransportOrChannelForWhichThereIsNoPlaceIsRefusedAndThePageGoesOn() throws Exception {
        Pages pages = devices.connect();
        TestPage phone = pages.phone();
        String openTransport = "{'type':'transport.open','connection':%d,'transport':%d}";
        for (int i = 0; i < Limits.TRANSPORTS; i++) {
            phone.say(openTransport, pages.phoneConnection(), phone.newNumber());
        }
        long transport = phone.newNumber();
        phone.say(openTransport, pages.phoneConnection(), transport);
        assertRefused(phone, "transport", transport);

        String openChannel = "{'type':'channel.open','connection':%d,'channel':%d,'label':'','protocol':''}";
        for (int i = 0; i < Limits.CHANNELS; i++) {
            phone.say(openChannel, pages.phoneConnection(), phone.newNumber());
        }
        long channel = phone.newNumber();
        phone.say(openChannel, pages.phoneConnection(), channel);
        assertRefused(phone, "channel", channel);
        phone.say("{'type':'channel.close','channel':%d}", channel);
        phone.say("{'type':'connection.close','connection':%d}", pages.phoneConnection());
        phone.hear("connection.closed");
    }

    private static void assertRefused(TestPage page, String category, long number) throws Exception {
        JsonNode closed = page.hear(category + ".closed");
        assertThat(closed.path(category).asLong()).isEqualTo(number);
        assertThat(closed.path("error").path("name").asText()).isEqualTo("OperationError");
    }

    /** Between the end of a channel and the event that says so. */
    @Test
    void ofABlobWhatComesAfterTheChannelsEndGetsNoCredit() throws Exception {
        Origin site = new Origin(TwoDevices.SITE);
        TestPage tv = TestPage.welcomed(devices.tvGateway.port(), TwoDevices.SITE);
        tv.say("{'type':'receiver.start','receiver':2,'activation':false}");
        tv.hear("receiver.started");
        LP2PConnection connection = new LP2PRequest(devices.phone, site, new LP2PRequestOptions(null))
                .start()
                .get(TestPage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        LP2PDataChannel channel = connection.createDataChannel("c", new LP2PDataChannelInit("", null));
        CompletableFuture<Void> open = new CompletableFuture<>();
        CompletableFuture<Void> closed = new CompletableFuture<>();
        channel.onOpen(() -> open.complete(null));
        channel.onClose(() -> closed.complete(null));
        assertThat(open).succeedsWithin(TestPage.PATIENCE);

        EmbeddedChannel socket = new EmbeddedChannel();
        EventExecutor loop = (EventExecutor) devices.phone.loop();
        PageSession session = new PageSession(
                devices.phone, site, loop, new PageLink(socket), HELD_BYTES, Limits.DRAINING_TIME, new Budgets(loop));
        PageChannel ofPage = new PageChannel(session, new PageConnection(session, 1, connection, true), 2, channel);
        sendBlobPart(ofPage, 0);
        tv.say(
                "{'type':'channel.close','channel':%d}",
                tv.hear("channel.incoming").path("channel").asLong());
        assertThat(closed).succeedsWithin(TestPage.PATIENCE);
        sendBlobPart(ofPage, Limits.FLOW_WINDOW);

        socket.runPendingTasks();
        assertThat(socket.outboundMessages()).isEmpty();
    }

    private static void sendBlobPart(PageChannel channel, int bytes) {
        assertThat(devices.phone
                        .loop()
                        .submit(() ->
                                channel.receiveFrame(FrameKind.BLOB_PART, Unpooled.wrappedBuffer(new byte[bytes]))))
                .succeedsWithin(TestPage.PATIENCE);
    }

    @Test
    void ofAChannelThatThePageAbortedNothingMoreIsSaid() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().say("{'type':'channel.abort','channel':%d,'message':'broken'}", channel.atPhone());
        pages.tv().hear("channel.closed");
        pages.tv().say("{'type':'connection.close','connection':%d}", pages.tvConnection());

        JsonNode next = (JsonNode) pages.phone().next();
        assertThat(next.path("type").asText()).isEqualTo("connection.closed");
    }

    private static String error(TestPage page) throws Exception {
        Object next = page.next();
        while (!(next instanceof JsonNode message
                && message.path("type").asText().equals("error"))) {
            next = page.next();
        }
        page.awaitClose();
        return ((JsonNode) next).path("code").asText();
    }
}
