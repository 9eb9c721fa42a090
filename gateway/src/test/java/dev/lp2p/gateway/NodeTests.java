package dev.lp2p.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Tests of the JavaScript library that need real gateways, which a Java test starts. */
final class NodeTests {

    private static final Path LIBRARY = TestApps.WEB.resolve("lp2p");

    private NodeTests() {}

    static void run(String file, TwoDevices devices, Map<String, String> environment)
            throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(LIBRARY.resolve("node_modules")),
                "the tests of web/lp2p are not installed; run npm ci there");
        ProcessBuilder node = new ProcessBuilder("node", "--test", file)
                .directory(LIBRARY.toFile())
                .redirectErrorStream(true);
        node.environment().put("LP2P_GATEWAYS", devices.tvGateway.port() + "," + devices.phoneGateway.port());
        node.environment().putAll(environment);
        Process running = node.start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(output).isZero();
    }
}
