package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.testkit.hosts.OutputLines;
import org.junit.jupiter.api.Test;

/** A page and a Java program on the API reach each other, with their users' explicit choice: they are different origins. */
class PageAndProgramTest extends SystemTest {

    private static final String SITE = "https://example.com";

    @Test
    void aPageReachesAProgramAndTheProgramThePage() {
        Program tv = Program.start(device("tv"), "TV", "ALWAYS");
        Device device = device("laptop");
        Agent laptop = Agent.start(device, "Laptop");
        Browser browser = Browser.start(device.host(), device.home());
        tv.receive();
        laptop.awaitReady();
        browser.awaitReady();
        browser.allowLocalNetwork(SITE);
        BrowserPage page = browser.open(SITE);

        page.begin("requested", "await request('start');");
        laptop.choose("TV", "ALWAYS");
        enterCode(tv, laptop);
        page.await("requested");
        tv.await("connected");
        assertThat(page.run("return echoBytes(1_000_000);").asBoolean()).isTrue();
        page.run("connection.close();");
        tv.await("closed CLOSED_BY_PEER");

        page.begin("started", "await receive();");
        laptop.allow("advertise", "ALWAYS");
        page.await("started");
        tv.tell("request Laptop");
        JsonNode incoming = laptop.allow("incoming", "ALWAYS");
        assertThat(incoming.get("claimed").asText()).isEqualTo("lp2p:scripted");
        assertThat(incoming.at("/receivers/0").asText()).isEqualTo(SITE);
        page.await("connected");
        tv.await("connected");
        // A hundred channels and ten transports, whose far end echoes.
        tv.tell("load");
        tv.await("loaded", OutputLines.PATIENCE_FOR_MUCH);
        browser.quit();
    }

    /** Of the two, which has no display, either may show it. */
    private static void enterCode(Program program, Agent agent) {
        JsonNode question = agent.awaitCode();
        if (question.has("code")) {
            program.tell("code " + question.get("code").asText());
        } else {
            agent.enterCode(question, program.await("code ").substring("code ".length()));
        }
    }
}
