package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.LP2PSettings;
import dev.lp2p.LocalPeerToPeerManager;
import dev.lp2p.Origin;
import dev.lp2p.osp.agent.InMemoryMetadataStore;
import dev.lp2p.osp.peer.InMemoryPeerStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page that skips the library and does as it likes. */
class HostilePageTest {

    private static final String SITE = "https://evil.example";

    @TempDir
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalPeerToPeerManager manager;

    @SuppressWarnings("NullAway.Init")
    private static Gateway gateway;

    @BeforeAll
    static void start() throws Exception {
        manager = LocalPeerToPeerManager.start(
                LP2PSettings.builder(
                                "Here", folder.resolve("key"), new InMemoryPeerStore(), new InMemoryMetadataStore())
                        .interfaces(List.of("lo"))
                        .build(),
                new InsecureWillingConsent("nobody", new LinkedBlockingQueue<>()));
        gateway = Gateway.start(new GatewaySettings(0, Map.of()), manager);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        manager.close();
    }

    @Test
    void aVersionThatTheAgentDoesNotSpeakIsRefused() throws Exception {
        TestPage page = TestPage.open(gateway.port(), SITE);
        page.say("{'type':'hello','versions':[2,3]}");

        assertThat(page.hear("refused").path("code").asText()).isEqualTo("version");
        assertThat(page.awaitClose()).isEqualTo(Limits.CLOSE_REFUSED);
    }

    @Test
    void aBlockedSiteIsToldSo() throws Exception {
        manager.block(new Origin("https://blocked.example"));
        TestPage page = TestPage.open(gateway.port(), "https://blocked.example");
        page.say("{'type':'hello','versions':[1]}");

        assertThat(page.hear("refused").path("code").asText()).isEqualTo("blocked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "null",
                "[]",
                "{}",
                "{\"type\":1}",
                "{\"type\":\"credit\"}",
                "{\"type\":\"credit\",\"flow\":0,\"bytes\":-1}",
                "{\"type\":\"credit\",\"flow\":0,\"bytes\":1}",
                "{\"type\":\"credit\",\"flow\":0,\"bytes\":1.5}",
                "{\"type\":\"credit\",\"flow\":0,\"bytes\":4294967296}",
                "{\"type\":\"credit\",\"flow\":0,\"bytes\":1e999}",
                "{\"type\":\"request.start\",\"request\":1,\"activation\":true}",
                "{\"type\":\"request.start\",\"request\":0,\"activation\":true}",
                "{\"type\":\"request.start\",\"request\":2,\"activation\":\"yes\"}",
                "{\"type\":\"transport.open\",\"transport\":2}",
                "{\"type\":\"transport.open\",\"transport\":2,\"connection\":1.5}",
                "{\"type\":\"hello\",\"versions\":[1]}",
                "{\"type\":\"bye\"} {}",
                "{\"type\":\"bye\",\"type\":\"bye\"}",
                "[[[[[[[[[[[[[[[[",
                "{\"type\":\"pong\",\"id\":99}"
            })
    void aMessageThatIsNoneEndsTheSocketWithItsReason(String message) throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.say(message);

        assertError(page, "bad-message");
    }

    @Test
    void anUnknownTypeIsAnsweredAndThePageGoesOn() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.say("{'type':'time.travel'}");
        JsonNode error = (JsonNode) page.next();
        assertThat(error.path("code").asText()).isEqualTo("unknown-type");

        page.say("{'type':'request.resume','request':2}");
        page.hear("request.failed");
    }

    @Test
    void whatNeverWasIsUnknown() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.say("{'type':'channel.close','channel':2}");

        assertError(page, "unknown-thing");
    }

    @Test
    void whatIsGoneIsIgnored() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.say("{'type':'request.resume','request':2}");
        page.hear("request.failed");
        page.say("{'type':'request.cancel','request':2}");
        page.say("{'type':'credit','flow':2,'bytes':100}");
        page.sendFrame(FrameKind.TEXT, 2, new byte[] {1});

        page.say("{'type':'request.resume','request':4}");
        page.hear("request.failed");
    }

    @Test
    void aFlowThatNeverWasEndsTheSocket() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.sendFrame(FrameKind.STREAM, 77, new byte[] {1});

        assertError(page, "unknown-thing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1234", "\0\0\0\0\0x", "\n\0\0\0\0x"})
    void aFrameThatIsNoneEndsTheSocket(String frame) throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.sendRaw(frame.getBytes(StandardCharsets.ISO_8859_1), true);

        assertError(page, "bad-message");
    }

    @Test
    void payloadForWhatTakesNoneEndsTheSocket() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.say("{'type':'request.start','request':2,'activation':true}");
        page.sendFrame(FrameKind.TEXT, 2, new byte[] {1});

        assertError(page, "bad-message");
    }

    @Test
    void aFrameBeyondTheLargestEndsTheSocket() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.sendFrame(FrameKind.TEXT, 2, new byte[Limits.FRAME_BYTES + 1]);

        assertError(page, "bad-message");
    }

    @Test
    void aControlMessageBeyondTheLargestEndsTheSocket() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        page.say("{\"type\":\"" + "x".repeat(Limits.CONTROL_BYTES) + "\"}");

        page.awaitClose();
    }

    @Test
    void aMessageInEndlessPartsIsCutOffWithoutBeingGathered() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        byte[] part = new byte[Limits.FRAME_BYTES];
        boolean isOpen = true;
        for (int i = 0; i < 100 && isOpen; i++) {
            try {
                page.sendRaw(part, false);
            } catch (RuntimeException closed) {
                isOpen = false;
            }
        }
        page.awaitClose();
    }

    @Test
    void textInPartsIsOneMessage() throws Exception {
        TestPage page = TestPage.open(gateway.port(), SITE);
        page.sendRawText("{\"type\":\"hel", false);
        page.sendRawText("lo\",\"versions\":[1]}", true);

        page.hear("welcome");
    }

    @Test
    void nothingIsHeardBeforeHello() throws Exception {
        TestPage page = TestPage.open(gateway.port(), SITE);
        page.say("{'type':'request.start','request':2,'activation':true}");
        assertError(page, "bad-message");

        TestPage other = TestPage.open(gateway.port(), SITE);
        other.sendFrame(FrameKind.TEXT, 2, new byte[] {1});
        assertError(other, "bad-message");

        TestPage unknown = TestPage.open(gateway.port(), SITE);
        unknown.say("{'type':'time.travel'}");
        assertError(unknown, "unknown-type");
    }

    @Test
    void tooManyReceiversEndTheSocket() throws Exception {
        TestPage page = TestPage.welcomed(gateway.port(), SITE);
        String start = "{'type':'receiver.start','receiver':%d,'activation':false}";
        for (int i = 1; i <= Limits.STARTS; i++) {
            page.say(start, 2 * i);
            // One at a time, or questions that wait for the user are too many before receivers are.
            page.hear("receiver.started");
        }
        page.say(start, 2 * (Limits.STARTS + 1));
        assertError(page, "too-many");
    }

    @Test
    void aThousandSocketsOfASiteGetThePlacesOfOneSiteAndOthersStillGetIn() throws Exception {
        String flood = "https://flood.example";
        List<TestPage> welcomed = new ArrayList<>();
        List<TestPage> refused = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            TestPage page = TestPage.open(gateway.port(), flood);
            if (i < Limits.SOCKETS_OF_ORIGIN) {
                page.hello();
                welcomed.add(page);
            } else {
                refused.add(page);
            }
        }
        for (TestPage page : refused) {
            assertThat(page.hear("refused").path("code").asText()).isEqualTo("busy");
            assertThat(page.awaitClose()).isEqualTo(Limits.CLOSE_REFUSED);
        }
        TestPage.welcomed(gateway.port(), "https://honest.example");

        welcomed.forEach(page -> page.say("{'type':'bye'}"));
        for (TestPage page : welcomed) {
            page.awaitClose();
        }
        TestPage.welcomed(gateway.port(), flood);
    }

    @Test
    void aSiteOfManySubdomainsGetsThePlacesOfOneSiteAndOthersStillGetIn() throws Exception {
        List<TestPage> welcomed = new ArrayList<>();
        for (int i = 0; i < Limits.SOCKETS_OF_SITE; i++) {
            welcomed.add(TestPage.welcomed(gateway.port(), "https://" + i + ".below.example:8443"));
        }
        TestPage page = TestPage.open(gateway.port(), "https://another.one.below.example");
        assertThat(page.hear("refused").path("code").asText()).isEqualTo("busy");
        assertThat(page.awaitClose()).isEqualTo(Limits.CLOSE_REFUSED);
        TestPage.welcomed(gateway.port(), "https://beside.example");

        welcomed.forEach(each -> each.say("{'type':'bye'}"));
        for (TestPage each : welcomed) {
            each.awaitClose();
        }
        TestPage.welcomed(gateway.port(), "https://another.one.below.example");
    }

    private static void assertError(TestPage page, String code) throws Exception {
        JsonNode error = (JsonNode) page.next();
        assertThat(error.path("type").asText()).isEqualTo("error");
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(page.awaitClose()).isEqualTo(Limits.CLOSE_ERROR);
    }
}
