package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.testkit.hosts.HostProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A page that skips the library, in a real browser and with a real agent. What such a page says, and what its browser says
 * of it, is attacked in the tests of {@code gateway/}: garbage in every message, half messages and messages without end
 * ({@code HostilePageTest}, {@code EveryMessageTest}, {@code PageThatStopsTest}), pages that never read ({@code BusyPageTest}
 * too), forged headers ({@code GatewayDoorTest}). Other users and programs of the computer are in {@link
 * OthersOnTheComputerTest}.
 */
class HostileSiteTest extends OneBrowserTest {

    private static final Path HOSTILE = Path.of("src", "test", "browser", "pages", "hostile.js");
    private static final int SOCKETS_OF_ORIGIN = 32;

    /** At once; Chromium slows down what opens more. */
    private static final int SOCKETS_OF_BROWSER = 100;

    @Test
    void manySocketsOfAPageGetThePlacesOfOneSite() {
        BrowserPage page = open("https://sockets.example");

        JsonNode answers = page.run("return greetOften(" + SOCKETS_OF_BROWSER + ");");

        assertThat(answers.path("welcome").asInt()).as(answers.toString()).isEqualTo(SOCKETS_OF_ORIGIN);
        assertThat(answers.path("busy 4000").asInt())
                .as(answers.toString())
                .isEqualTo(SOCKETS_OF_BROWSER - SOCKETS_OF_ORIGIN);
        page.close();
    }

    @Test
    void aThousandSocketsGetThePlacesOfOneSiteAndAnotherSiteStillGetsIn() {
        HostProcess flood = agent.device().host().start(List.of("node", "src/test/browser/flood.mjs"));

        assertThat(flood.output().await("what they were told", line -> true))
                .isEqualTo("{\"welcome\":" + SOCKETS_OF_ORIGIN + ",\"busy\":" + (1000 - SOCKETS_OF_ORIGIN) + "}");
        assertThat(open("https://honest.example")
                        .run("return (await greet()).answer.type;")
                        .asText())
                .isEqualTo("welcome");
        flood.kill();
    }

    @Test
    void aFloodOfQuestionsIsOneOnTheScreen() {
        open("https://prompts.example").run("await floodPrompts();");
        agent.awaitQuestionOf("https://prompts.example");
        // What another site asks later is heard later.
        open("https://later.example").run("await floodPrompts();");
        agent.awaitQuestionOf("https://later.example");

        assertThat(agent.questionsOf("https://prompts.example")).isOne();
    }

    @Test
    void aNameInDnsThatLeadsHereIsNotTheAgents() {
        BrowserPage page = browser.open("http://rebound.example:27311/lp2p/src/lp2p.js");

        assertThat(page.run("return document.body.innerText;").asText()).startsWith("Host must be 127.0.0.1:27311");
    }

    @Test
    void aTokenThatIsGuessedOrStolenOrUsedAgainIsRefused() throws IOException {
        BrowserPage thief = open("https://thief.example");
        assertThat(greet(thief, "AAAAAAAAAAAAAAAAAAAAAA")).isEqualTo("token");

        BrowserPage page = browser.open("http://127.0.0.1:27311/examples/chat/");
        assertThat(greet(thief, tokenOf(page))).isEqualTo("token");
        page.reload();
        String token = tokenOf(page);
        page.run(Files.readString(HOSTILE));
        assertThat(greet(page, token)).isEqualTo("welcome");
        assertThat(greet(page, token)).isEqualTo("token");
        page.close();
    }

    @Test
    void aSiteReadsNoPageOfTheAgentsAndFramesNone() {
        BrowserPage page = open("https://reads.example");

        assertThat(page.run(
                                "return fetch('http://127.0.0.1:27311/examples/chat/').then(() => 'read', () => 'refused');")
                        .asText())
                .isEqualTo("refused");
        page.run("""
                const frame = document.createElement('iframe');
                frame.allow = 'local-network-access *';
                frame.src = 'http://127.0.0.1:27311/examples/chat/';
                document.body.append(frame);
                await new Promise((resolve) => (frame.onload = resolve));""");
        assertThat(page.runInFrame(1, "return location.href;").asText()).startsWith("chrome-error:");
        page.close();
    }

    @Test
    void aSiteInAnotherScriptIsShownAsTheBrowserSendsIt() {
        // Cyrillic letters that look like "apple".
        BrowserPage page = open("https://\u0430\u0440\u0440l\u0435.example");
        page.run("await floodPrompts();");

        String site = page.run("return location.origin;").asText();
        assertThat(site).startsWith("https://xn--");
        agent.awaitQuestionOf(site);
        agent.command().process().errors().await("the whole site", line -> line.contains(site + " "));
    }

    @Test
    void aSiteWithTheLongestNameIsShownWhole() {
        String site = "https://accounts.example." + ("x".repeat(63) + ".").repeat(3) + "y".repeat(31) + ".evil.example";
        open(site).run("await floodPrompts();");

        agent.awaitQuestionOf(site);
        agent.command().process().errors().await("the whole site", line -> line.contains(site + " "));
    }

    /** What the agent answers to a page that says hello with a token. */
    private static String greet(BrowserPage page, String token) {
        JsonNode answer = page.run("return (await greet(JSON.stringify({ type: 'hello', versions: [1], token: '" + token
                + "' }))).answer;");
        return answer.path("code").asText(answer.path("type").asText());
    }

    /** As it stands in a page of the agent's until its library uses it. */
    private static String tokenOf(BrowserPage page) {
        return page.run("return document.querySelector('meta[name=\"lp2p-token\"]').content;")
                .asText();
    }

    private BrowserPage open(String site) {
        browser.allowLocalNetwork(site);
        browser.servePage("/hostile", "<script type='module' src='/pages/hostile.js'></script>");
        return browser.open(site + "/hostile");
    }
}
