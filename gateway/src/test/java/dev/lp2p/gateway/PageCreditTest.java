package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.gateway.TwoDevices.Channel;
import dev.lp2p.gateway.TwoDevices.Pages;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page with a channel that does not keep to its credit, or to its messages. */
class PageCreditTest {

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
