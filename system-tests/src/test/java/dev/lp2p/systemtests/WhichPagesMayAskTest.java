package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages of the public internet reach the agent, and that its user is asked about the one that it is. */
class WhichPagesMayAskTest extends OneBrowserTest {

    /** What a page does that skips the library. */
    private static final String BARE_SOCKET = """
            return new Promise((resolve) => {
              const socket = new WebSocket('ws://127.0.0.1:27311/lp2p');
              socket.onopen = () => resolve('open');
              socket.onerror = () => resolve('error');
            });""";

    @Test
    void aPageThatTheBrowserDoesNotLetIsToldSoAndNobodyIsAsked() {
        int asked = agent.questions();
        BrowserPage page = browser.open("https://not-allowed.example");

        assertThat(page.run("return receive().catch(({ reason, advice }) => `${reason}: ${advice}`);")
                        .asText())
                .startsWith("permission-denied: ");
        assertThat(page.run(BARE_SOCKET).asText()).isEqualTo("error");
        assertThat(agent.questions()).isEqualTo(asked);
    }

    @Test
    void aPageThatItLetsAsks() {
        open("allowed").begin("started", "await receive();");

        assertAsked("https://allowed.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module", "classic", "shared"})
    void aWorkerAsks(String kind) {
        String site = kind + "-worker";
        String path = "/" + site + ".js";
        browser.serve(path, "text/javascript", "import('/lp2p/src/global.js').then(() => new LP2PReceiver().start());");
        open(site).run("globalThis.worker = " + worker(kind, path) + ";");

        assertAsked("https://" + site + ".example");
    }

    @Test
    void aFrameOfAnotherOriginAsksWhereThePageAroundItSaysSo() {
        open(
                        "around",
                        "<iframe src='https://framed.example/' allow='local-peer-to-peer; local-network-access *'></iframe>")
                .runInFrame(1, "receive();");

        assertAsked("https://framed.example");
    }

    @Test
    void aFrameOfAnotherOriginMayNotWhereThePageAroundItDoesNotSaySo() {
        assertMayNot(open("silent", "<iframe src='https://framed.example/' allow='local-network-access *'></iframe>"));
    }

    @Test
    void aFrameWithoutAnOriginDoesNotReachTheAgent() {
        BrowserPage page = open(
                "sandbox",
                "<iframe src='/empty' sandbox='allow-scripts' allow='local-peer-to-peer; local-network-access *'></iframe>");

        assertThat(page.runInFrame(1, BARE_SOCKET).asText()).isEqualTo("error");
    }

    private void assertMayNot(BrowserPage page) {
        int asked = agent.questions();
        assertThat(page.runInFrame(1, "return receive().catch(({ name }) => name);")
                        .asText())
                .isEqualTo("NotAllowedError");
        assertThat(agent.questions()).isEqualTo(asked);
    }

    private void assertAsked(String origin) {
        assertThat(agent.awaitQuestion("advertise").get("origin").asText()).isEqualTo(origin);
    }

    /** A page of a site that the browser lets reach the agent. */
    private BrowserPage open(String name) {
        String site = "https://" + name + ".example";
        browser.allowLocalNetwork(site);
        return browser.open(site);
    }

    private BrowserPage open(String name, String body) {
        String site = "https://" + name + ".example";
        browser.allowLocalNetwork(site);
        browser.allowLocalNetwork("https://framed.example");
        browser.servePage("/" + name, "<script type='module' src='/lp2p/src/global.js'></script>" + body);
        return browser.open(site + "/" + name);
    }

    private static String worker(String kind, String path) {
        return switch (kind) {
            case "shared" -> "new SharedWorker('" + path + "')";
            case "module" -> "new Worker('" + path + "', { type: 'module' })";
            default -> "new Worker('" + path + "')";
        };
    }
}
