package dev.lp2p.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript library and the examples in a real browser, through real gateways and agents. */
class BrowserTest {

    /** A browser that gets little of the processor is not one that went away. */
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @Test
    void pagesTalkThroughTheirAgents(@TempDir Path folder) throws Exception {
        try (TwoDevices devices = new TwoDevices(folder, PATIENT, TestApps.all())) {
            NodeTests.run("test/real/all.js", devices, Map.of());
        }
    }
}
