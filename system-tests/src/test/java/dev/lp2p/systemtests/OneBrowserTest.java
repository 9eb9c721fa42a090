package dev.lp2p.systemtests;

import dev.lp2p.testkit.hosts.Addressing;
import dev.lp2p.testkit.hosts.NetworkHosts;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of pages and their own agent have: a host with an agent and a browser, which all tests of the class use. Each
 * test has sites of its own, since an agent asks about each by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneBrowserTest {

    @RegisterExtension
    final NetworkHosts network = NetworkHosts.ofClass();

    Agent agent;
    Browser browser;

    @BeforeAll
    void start(@TempDir Path folder) {
        Device device = new Device(network.host("laptop", Addressing.IPV4), folder);
        agent = Agent.start(device, "Laptop");
        browser = Browser.start(device.host(), folder);
        agent.awaitReady();
        browser.awaitReady();
    }

    @AfterAll
    void end() {
        browser.quit();
        network.close();
    }
}
