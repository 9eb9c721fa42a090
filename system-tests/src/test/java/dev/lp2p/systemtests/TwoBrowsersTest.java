package dev.lp2p.systemtests;

import dev.lp2p.testkit.hosts.NetworkHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * What tests of pages have: two hosts with an agent and a browser each, which all tests of the class use. Their users have
 * granted {@link #SITE} on either the other one for always, so that further pages of it meet without a question.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoBrowsersTest {

    static final String SITE = "https://example.com";
    static final String ALWAYS = "ALWAYS";
    static final String TV = "Living Room";

    @RegisterExtension
    final NetworkHosts network = NetworkHosts.ofClass();

    Agent tv;
    Agent laptop;
    Browser onTv;
    Browser onLaptop;

    /** Of the pages that {@link #connect} opened last. */
    BrowserPage receiver;

    BrowserPage requester;

    @BeforeAll
    void meet(@TempDir Path folder) {
        Device first = device(folder, "tv");
        Device second = device(folder, "laptop");
        tv = startAgent(first, TV);
        laptop = startAgent(second, "Laptop");
        onTv = Browser.start(first.host(), first.home());
        onLaptop = Browser.start(second.host(), second.home());
        tv.awaitReady();
        laptop.awaitReady();
        onTv.awaitReady();
        onLaptop.awaitReady();
        onTv.allowLocalNetwork(SITE);
        onLaptop.allowLocalNetwork(SITE);
        receiver = onTv.open(SITE);
        requester = onLaptop.open(SITE);

        receiver.begin("started", "await receive();");
        tv.allow("advertise", ALWAYS);
        receiver.await("started");
        requester.begin("requested", "await request('start');");
        laptop.choose(TV, ALWAYS);
        Agent.enterCode(tv, laptop);
        tv.allow("incoming", ALWAYS);
        requester.await("requested");
        receiver.await("connected");
        closePages();
    }

    @AfterEach
    void closePages() {
        receiver.close();
        requester.close();
        tv.awaitConnections(0);
        laptop.awaitConnections(0);
    }

    @AfterAll
    void end() {
        onTv.quit();
        onLaptop.quit();
        network.close();
    }

    Agent startAgent(Device device, String name) {
        return Agent.start(device, name);
    }

    /** Two pages with a connection between them, for which nobody was asked. */
    void connect() {
        receiver = onTv.open(SITE);
        requester = onLaptop.open(SITE);
        receiver.run("await receive();");
        requester.run("await request('resume');");
        receiver.await("connected");
    }

    private Device device(Path folder, String name) {
        try {
            return new Device(network.host(name), Files.createTempDirectory(folder, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
