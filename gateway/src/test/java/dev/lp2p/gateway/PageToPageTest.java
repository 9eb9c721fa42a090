package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.Origin;
import dev.lp2p.gateway.TestPage.Frame;
import dev.lp2p.gateway.TwoDevices.Channel;
import dev.lp2p.gateway.TwoDevices.Pages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages on two devices with real agents, over loopback. */
class PageToPageTest {

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
    void textBytesAndBlobsArriveWholeBothWays() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("all");
        for (int size : new int[] {0, 5, 70_000, 700_000}) {
            byte[] text = "é".repeat(size / 2).getBytes(StandardCharsets.UTF_8);
            assertCrosses(pages, channel, FrameKind.TEXT_PART, FrameKind.TEXT, text);
            assertCrosses(pages, channel, FrameKind.BINARY_PART, FrameKind.BINARY, random(size));
            assertCrosses(pages, channel, FrameKind.BLOB_PART, FrameKind.BLOB, random(2 * size));
        }
    }

    @Test
    void theLargestMessageCrosses() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("large");
        byte[] message = random(Limits.MESSAGE_BYTES);
        CompletableFuture<Void> sent =
                send(pages.phone(), FrameKind.BINARY_PART, FrameKind.BINARY, channel.atPhone(), message);

        assertThat(pages.tv().hearMessage(channel.atTv(), FrameKind.BINARY)).isEqualTo(message);
        sent.join();
    }

    @Test
    void whatAPageSentBeforeItClosedAChannelLeaves() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("last words");
        byte[] message = random(Limits.FLOW_WINDOW + 1000);
        pages.phone().sendAll(FrameKind.BINARY_PART, FrameKind.BINARY, channel.atPhone(), message);
        pages.phone().say("{'type':'channel.close','channel':%d}", channel.atPhone());

        assertThat(pages.tv().hearMessage(channel.atTv(), FrameKind.BINARY)).isEqualTo(message);
        pages.tv().hear("channel.closing");
        pages.tv().say("{'type':'channel.close','channel':%d}", channel.atTv());
        assertThat(pages.phone().hear("channel.closed").has("error")).isFalse();
        assertThat(pages.phone().unsent(channel.atPhone())).isZero();
    }

    @Test
    void aPageGetsNoCreditForWhatItSentTooLateForThePeer() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("too late");
        pages.tv().say("{'type':'channel.close','channel':%d}", channel.atTv());
        pages.phone().hear("channel.closing");
        pages.phone().sendAll(FrameKind.BINARY_PART, FrameKind.BINARY, channel.atPhone(), new byte[1000]);

        pages.phone().hear("channel.closed");
        assertThat(pages.phone().unsent(channel.atPhone())).isEqualTo(1000);
    }

    @Test
    void aPageHearsThatItsReceiverIsNoLongerSeen() throws Exception {
        String site = "https://blocked-later.example";
        TestPage page = TestPage.welcomed(devices.tvGateway.port(), site);
        page.say("{'type':'receiver.start','receiver':2,'activation':false}");
        page.hear("receiver.started");

        devices.tv.block(new Origin(site));

        JsonNode failed = page.hear("receiver.failed");
        assertThat(failed.path("receiver").asLong()).isEqualTo(2);
        assertThat(failed.path("error").path("name").asText()).isEqualTo("NotAllowedError");
    }

    @Test
    void aPageThatGivesNoCreditStopsTheFarPageAndNothingIsLost() throws Exception {
        Pages pages = devices.connect();
        Channel bulk = pages.openChannel("bulk");
        Channel ping = pages.openChannel("ping");
        byte[] content = random(24 << 20);
        AtomicLong sent = new AtomicLong();
        CompletableFuture<Void> sending = run(() -> {
            for (int offset = 0; offset < content.length; offset += 1 << 20) {
                byte[] part = Arrays.copyOfRange(content, offset, offset + (1 << 20));
                pages.phone().sendAll(FrameKind.BLOB_PART, FrameKind.BLOB_PART, bulk.atPhone(), part);
                sent.addAndGet(part.length);
            }
            pages.phone().sendFrame(FrameKind.BLOB, bulk.atPhone(), new byte[0]);
        });

        // The screen takes no more of the bulk: what came is kept, and its credit too.
        pages.tv().keepCredit();
        List<Frame> kept = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pages.phone().sendAll(FrameKind.TEXT_PART, FrameKind.TEXT, ping.atPhone(), new byte[] {'p'});
            for (Frame frame = nextFrame(pages.tv()); frame.flow() != ping.atTv(); frame = nextFrame(pages.tv())) {
                kept.add(frame);
            }
            pages.tv().say("{'type':'credit','flow':0,'bytes':1}");
            pages.tv().say("{'type':'credit','flow':%d,'bytes':1}", ping.atTv());
        }
        long held = kept.stream().mapToLong(frame -> frame.payload().length).sum();
        assertThat(held).isLessThanOrEqualTo(Limits.FLOW_WINDOW);
        assertThat(sent.get()).isLessThan(12 << 20);

        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (Frame frame : kept) {
            whole.write(frame.payload());
            pages.tv().give(frame);
        }
        while (whole.size() < content.length) {
            Frame frame = pages.tv().hearFrame(bulk.atTv());
            whole.write(frame.payload());
            pages.tv().give(frame);
        }
        sending.get(TestPage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(whole.toByteArray()).isEqualTo(content);
    }

    @Test
    void bulkOnTwoChannelsLetsAThirdPass() throws Exception {
        Pages pages = devices.connect();
        Channel one = pages.openChannel("one");
        Channel two = pages.openChannel("two");
        Channel ping = pages.openChannel("ping");
        byte[] content = random(4 << 20);
        CompletableFuture<Void> first = send(pages.phone(), one.atPhone(), content);
        CompletableFuture<Void> second = send(pages.phone(), two.atPhone(), content);
        long[] came = new long[2];
        while (came[0] < 1 << 18 || came[1] < 1 << 18) {
            count(pages.tv().next(), one, two, came);
        }

        pages.phone().sendAll(FrameKind.TEXT_PART, FrameKind.TEXT, ping.atPhone(), new byte[] {'p'});
        Object next = pages.tv().next();
        while (!(next instanceof Frame frame && frame.flow() == ping.atTv())) {
            count(next, one, two, came);
            next = pages.tv().next();
        }
        assertThat(came[0] + came[1]).isLessThan(2L * content.length);
        while (came[0] < content.length || came[1] < content.length) {
            count(pages.tv().next(), one, two, came);
        }
        first.join();
        second.join();
    }

    @Test
    void aChannelClosesInOrderAndBothPagesHear() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().sendAll(FrameKind.TEXT_PART, FrameKind.TEXT, channel.atPhone(), bytes("last"));
        pages.phone().say("{'type':'channel.close','channel':%d}", channel.atPhone());

        assertThat(pages.tv().hearFrame(channel.atTv()).text()).isEqualTo("last");
        pages.tv().hear("channel.closing");
        pages.tv().say("{'type':'channel.close','channel':%d}", channel.atTv());
        assertThat(pages.tv().hear("channel.closed").has("error")).isFalse();
        assertThat(pages.phone().hear("channel.closed").has("error")).isFalse();
    }

    @Test
    void aBlobThatThePageGivesUpCutsTheChannelAtThePeer() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().sendFrame(FrameKind.BLOB_PART, channel.atPhone(), bytes("half"));
        assertThat(pages.tv().hearFrame(channel.atTv()).text()).isEqualTo("half");
        pages.phone().say("{'type':'channel.abort','channel':%d,'message':'unreadable'}", channel.atPhone());

        assertThat(pages.tv().hear("channel.closed").path("error").path("name").asText())
                .isEqualTo("OperationError");
    }

    @Test
    void aConnectionThatAPageClosesEndsAtBoth() throws Exception {
        Pages pages = devices.connect();
        pages.openChannel("c");
        pages.phone().say("{'type':'connection.close','connection':%d}", pages.phoneConnection());

        pages.phone().hear("channel.closed");
        assertThat(pages.phone().hear("connection.closed").path("reason").asText())
                .isEqualTo("closed-here");
        pages.tv().hear("channel.closed");
        assertThat(pages.tv().hear("connection.closed").path("reason").asText()).isEqualTo("closed-by-peer");
    }

    @Test
    void ofAPageThatVanishesNothingLivesOn() throws Exception {
        Pages pages = devices.connect();
        Channel channel = pages.openChannel("c");
        pages.phone().sendFrame(FrameKind.BLOB_PART, channel.atPhone(), bytes("half"));
        pages.tv().hearFrame(channel.atTv());
        pages.phone().vanish();

        assertThat(pages.tv().hear("connection.closed").path("connection").asLong())
                .isEqualTo(pages.tvConnection());
    }

    @Test
    void byeEndsEverythingOfThePage() throws Exception {
        Pages pages = devices.connect();
        pages.phone().say("{'type':'bye'}");

        pages.tv().hear("connection.closed");
    }

    @Test
    void afterAReloadThePeerIsBackWithoutAQuestion() throws Exception {
        Pages pages = devices.connect();
        pages.phone().say("{'type':'bye'}");
        pages.tv().hear("connection.closed");
        TestPage again = TestPage.welcomed(devices.phoneGateway.port(), TwoDevices.SITE);
        again.say("{'type':'request.resume','request':%d}", again.newNumber());

        again.hear("request.connected");
        pages.tv().hear("connection.incoming");

        again.say("{'type':'bye'}");
        TestPage other = TestPage.welcomed(devices.phoneGateway.port(), "https://other.example");
        other.say("{'type':'request.resume','request':%d}", other.newNumber());
        assertThat(other.hear("request.failed").path("error").path("name").asText())
                .isEqualTo("NotFoundError");
    }

    @Test
    void streamsOfATransportGoBothWaysAndEnd() throws Exception {
        Pages pages = devices.connect();
        Channel transport = pages.openTransport();
        byte[] content = random(1_000_000);

        long stream = openStream(pages.phone(), transport.atPhone(), true);
        CompletableFuture<Void> sending = send(pages.phone(), FrameKind.STREAM, FrameKind.STREAM_END, stream, content);
        JsonNode incoming = pages.tv().hear("stream.incoming");
        assertThat(incoming.path("bidirectional").asBoolean()).isTrue();
        long atTv = incoming.path("stream").asLong();
        assertThat(pages.tv().hearMessage(atTv, FrameKind.STREAM_END)).isEqualTo(content);
        sending.get(TestPage.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        pages.phone().hear("stream.finished");

        pages.tv().sendAll(FrameKind.STREAM, FrameKind.STREAM_END, atTv, bytes("answer"));
        assertThat(pages.phone().hearMessage(stream, FrameKind.STREAM_END)).isEqualTo(bytes("answer"));
    }

    @Test
    void aResetAndAStopReachTheFarPage() throws Exception {
        Pages pages = devices.connect();
        Channel transport = pages.openTransport();
        long stream = openStream(pages.phone(), transport.atPhone(), true);
        pages.phone().sendAll(FrameKind.STREAM, FrameKind.STREAM, stream, bytes("x"));
        long atTv = pages.tv().hear("stream.incoming").path("stream").asLong();
        pages.tv().hearFrame(atTv);
        pages.phone().say("{'type':'stream.reset','stream':%d,'code':42}", stream);
        assertThat(pages.tv().hear("stream.reset").path("code").asLong()).isEqualTo(42);

        pages.phone().say("{'type':'stream.stop','stream':%d,'code':43}", stream);
        JsonNode stopped = null;
        while (stopped == null) {
            // A peer that stops reading is noticed at a write.
            pages.tv().sendFrame(FrameKind.STREAM, atTv, new byte[0]);
            pages.tv().sendAll(FrameKind.STREAM, FrameKind.STREAM, atTv, bytes("y"));
            pages.tv().say("{'type':'transport.stats','transport':%d,'query':1}", transport.atTv());
            Object next = pages.tv().next();
            while (!(next instanceof JsonNode message
                    && message.path("type").asText().equals("transport.stats"))) {
                if (next instanceof JsonNode message
                        && message.path("type").asText().equals("stream.stopped")) {
                    stopped = message;
                }
                next = pages.tv().next();
            }
        }
        assertThat(stopped.path("stream").asLong()).isEqualTo(atTv);
    }

    @Test
    void datagramsCrossAndATransportClosesWithItsCode() throws Exception {
        Pages pages = devices.connect();
        Channel transport = pages.openTransport();
        pages.phone().sendFrame(FrameKind.DATAGRAM, transport.atPhone(), bytes("ball"));
        assertThat(pages.tv().hearFrame(transport.atTv()).text()).isEqualTo("ball");

        pages.phone().say("{'type':'transport.close','transport':%d,'code':7,'reason':'done'}", transport.atPhone());
        JsonNode closed = pages.tv().hear("transport.closed");
        assertThat(closed.path("code").asLong()).isEqualTo(7);
        assertThat(closed.path("reason").asText()).isEqualTo("done");
    }

    private static void assertCrosses(Pages pages, Channel channel, FrameKind part, FrameKind last, byte[] message)
            throws Exception {
        CompletableFuture<Void> there = send(pages.phone(), part, last, channel.atPhone(), message);
        assertThat(pages.tv().hearMessage(channel.atTv(), last)).isEqualTo(message);
        there.join();
        CompletableFuture<Void> back = send(pages.tv(), part, last, channel.atTv(), message);
        assertThat(pages.phone().hearMessage(channel.atPhone(), last)).isEqualTo(message);
        back.join();
    }

    private static CompletableFuture<Void> send(TestPage page, long flow, byte[] content) {
        return send(page, FrameKind.BLOB_PART, FrameKind.BLOB, flow, content);
    }

    private static CompletableFuture<Void> send(
            TestPage page, FrameKind part, FrameKind last, long flow, byte[] content) {
        return run(() -> page.sendAll(part, last, flow, content));
    }

    private static CompletableFuture<Void> run(Task task) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        task.run();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                },
                TestPage.THREADS);
    }

    private interface Task {

        void run() throws Exception;
    }

    private static void count(Object next, Channel one, Channel two, long[] came) {
        if (next instanceof Frame frame) {
            came[0] += frame.flow() == one.atTv() ? frame.payload().length : 0;
            came[1] += frame.flow() == two.atTv() ? frame.payload().length : 0;
        }
    }

    private static Frame nextFrame(TestPage page) throws Exception {
        while (true) {
            if (page.next() instanceof Frame frame) {
                return frame;
            }
        }
    }

    private static long openStream(TestPage page, long transport, boolean bidirectional) {
        long stream = page.newNumber();
        page.say(
                "{'type':'stream.open','stream':%d,'transport':%d,'bidirectional':%s}",
                stream, transport, bidirectional);
        return stream;
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
