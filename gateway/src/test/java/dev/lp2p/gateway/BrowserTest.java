package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript library and the examples in a real browser, through real gateways and agents. */
class BrowserTest {

    private static final Path LIBRARY = TestApps.WEB.resolve("lp2p");

    @Test
    void pagesTalkThroughTheirAgents(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.isDirectory(LIBRARY.resolve("node_modules")),
                "the tests of web/lp2p are not installed; run npm ci there");
        GatewaySettings settings = TwoDevices.patient(TestApps.all());
        try (TwoDevices devices = new TwoDevices(folder, settings, settings)) {
            ProcessBuilder node = new ProcessBuilder("node", "--test", "test/real/all.js")
                    .directory(LIBRARY.toFile())
                    .redirectErrorStream(true);
            node.environment().put("LP2P_GATEWAYS", devices.tvGateway.port() + "," + devices.phoneGateway.port());
            Process running = node.start();
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.waitFor()).as(output).isZero();
        }
    }
}
