package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.testkit.Eventually;
import org.junit.jupiter.api.Test;

/** Agents in the background on two hosts without a display; their users answer by commands. */
class AgentTest extends SystemTest {

    private static final String SITE = "https://example.com";
    private static final String START_RECEIVER = "{\"type\":\"receiver.start\",\"receiver\":2,\"activation\":true}";
    private static final String START_REQUEST = "{\"type\":\"request.start\",\"request\":2,\"activation\":true}";
    private static final String RESUME_REQUEST = "{\"type\":\"request.resume\",\"request\":2}";

    @Test
    void twoPagesMeetOnceTheirUsersSaidSoAndAgainWithoutAQuestionAfterBothAgentsWereKilled() {
        Device tv = device("tv");
        Device laptop = device("laptop");
        Command onTv = agent(tv, "Living Room");
        Command onLaptop = agent(laptop, "Laptop");
        Page receiver = Page.open(tv, onTv.awaitEvent("agent-ready"), SITE);
        Page requester = Page.open(laptop, onLaptop.awaitEvent("agent-ready"), SITE);

        receiver.say(START_RECEIVER);
        answer(tv, "allow", awaitRequest(onTv, "advertise"), "--always");
        receiver.await("receiver.started");
        requester.say(START_REQUEST);
        String choice = awaitRequest(onLaptop, "choose");
        awaitDevice(laptop, "Living Room");
        answer(laptop, "choose", choice, "Living Room", "--always");
        JsonNode shown = onTv.awaitEvent("request", AgentTest::isCode).get("request");
        JsonNode needed = onLaptop.awaitEvent("request", AgentTest::isCode).get("request");
        if (shown.has("code")) {
            answer(laptop, "code", needed.get("id").asText(), shown.get("code").asText());
        } else {
            answer(tv, "code", shown.get("id").asText(), needed.get("code").asText());
        }
        answer(tv, "allow", awaitRequest(onTv, "incoming"), "--always");
        requester.await("request.connected");
        receiver.await("connection.incoming");
        JsonNode status = laptop.lp2p("status").awaitEvent("agent-status").get("status");
        assertThat(status.get("connections")).hasSize(1);
        assertThat(status.at("/connections/0/origin").asText()).isEqualTo(SITE);
        assertThat(status.at("/connections/0/peer").asText()).isEqualTo("Living Room");

        onTv.process().kill();
        onLaptop.process().kill();
        onTv.process().exitStatus();
        onLaptop.process().exitStatus();
        Command tvAgain = agent(tv, "Living Room");
        Command laptopAgain = agent(laptop, "Laptop");
        receiver = Page.open(tv, tvAgain.awaitEvent("agent-ready"), SITE);
        requester = Page.open(laptop, laptopAgain.awaitEvent("agent-ready"), SITE);
        receiver.say(START_RECEIVER);
        receiver.await("receiver.started");
        requester.say(RESUME_REQUEST);
        requester.await("request.connected");

        assertThat(tvAgain.events("request")).isEmpty();
        assertThat(laptopAgain.events("request")).isEmpty();
        tvAgain.process().terminate();
        assertThat(tvAgain.exitStatus()).as("ended by SIGTERM").isEqualTo(143);
        assertThat(laptop.lp2p("agent", "--stop").exitStatus()).isZero();
        assertThat(laptopAgain.exitStatus()).isZero();
    }

    private static Command agent(Device device, String name) {
        return device.lp2p("agent", "--no-windows", "--gateway-port", "0", "--name", name);
    }

    private static String awaitRequest(Command agent, String kind) {
        return agent.awaitEvent("request", event -> kindOf(event).equals(kind))
                .at("/request/id")
                .asText();
    }

    private static boolean isCode(JsonNode event) {
        return kindOf(event).startsWith("code-");
    }

    private static String kindOf(JsonNode event) {
        return event.at("/request/kind").asText();
    }

    private static void answer(Device device, String... command) {
        assertThat(device.lp2p(command).exitStatus())
                .as(String.join(" ", command))
                .isZero();
    }

    /** The list says what is there when it is asked for. */
    private static void awaitDevice(Device device, String name) {
        Eventually.await(name, () -> requests(device), requests -> requests.contains(name));
    }

    private static String requests(Device device) {
        Command requests = device.lp2p("requests");
        assertThat(requests.exitStatus()).isZero();
        return String.join("\n", requests.process().output().all());
    }
}
