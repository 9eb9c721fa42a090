package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JavaScript library in a real browser, through real gateways and agents. */
class BrowserTest {

    private static final Path LIBRARY = Path.of("..", "web", "lp2p");

    @Test
    void twoPagesTalkThroughTheirAgents(@TempDir Path folder) throws Exception {
        assumeTrue(
                Files.isDirectory(LIBRARY.resolve("node_modules")),
                "the tests of web/lp2p are not installed; run npm ci there");
        Path app = LIBRARY.resolve("test/real/try");
        try (TwoDevices devices = new TwoDevices(folder, GatewaySettings.DEFAULT_HEARTBEAT, Map.of("try", app))) {
            ProcessBuilder node = new ProcessBuilder(
                            "node",
                            "--test",
                            "--test-concurrency=1",
                            "test/real/two-pages.js",
                            "test/real/libraries.js")
                    .directory(LIBRARY.toFile())
                    .redirectErrorStream(true);
            node.environment().put("LP2P_GATEWAYS", devices.tvGateway.port() + "," + devices.phoneGateway.port());
            Process running = node.start();
            String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(running.waitFor()).as(output).isZero();
        }
    }
}
