package dev.lp2p.gateway;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript library and the examples in a real browser, through real gateways and agents. */
class BrowserTest {

    @Test
    void pagesTalkThroughTheirAgents(@TempDir Path folder) throws Exception {
        GatewaySettings settings = TwoDevices.patient(TestApps.all());
        try (TwoDevices devices = new TwoDevices(folder, settings, settings)) {
            NodeTests.run("test/real/all.js", devices, Map.of());
        }
    }
}
