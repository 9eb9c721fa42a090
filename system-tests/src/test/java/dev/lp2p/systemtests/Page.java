package dev.lp2p.systemtests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lp2p.testkit.hosts.HostProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A page on a device, in a process of its own. */
record Page(HostProcess process) {

    /** Opens a page, which the agent of this device has welcomed. */
    static Page open(Device device, JsonNode agentReady, String origin) {
        Page page = new Page(device.host()
                .start(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                                PageProgram.class.getName(),
                                agentReady.get("gateway-port").asText(),
                                origin),
                        Map.of("LC_ALL", "C.UTF-8")));
        page.say("{\"type\":\"hello\",\"versions\":[1]}");
        page.await("welcome");
        return page;
    }

    void say(String message) {
        process.sendLine(message);
    }

    void await(String type) {
        process.output().await("the message '" + type + "'", line -> line.contains("\"type\":\"" + type + "\""));
    }
}
