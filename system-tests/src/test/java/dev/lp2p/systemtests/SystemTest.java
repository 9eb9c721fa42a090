package dev.lp2p.systemtests;

import dev.lp2p.testkit.hosts.Addressing;
import dev.lp2p.testkit.hosts.Host;
import dev.lp2p.testkit.hosts.NetworkHosts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What every system test has: a network, a folder of its own, and devices with the command installed. */
abstract class SystemTest {

    @RegisterExtension
    final NetworkHosts network = new NetworkHosts();

    @TempDir
    Path folder;

    /** A new device on a host of its own, which nobody knows. */
    Device device(String name) {
        return device(name, Addressing.BOTH);
    }

    Device device(String name, Addressing addressing) {
        return device(network.host(name, addressing));
    }

    /** A new device on this host, beside those that are there. */
    Device device(Host host) {
        try {
            return new Device(host, Files.createTempDirectory(folder, host.name()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts sending to a device that does not know the sender yet, and enters the code that it shows. */
    static Command sendWithCode(Device sender, Path what, String to, Command receiving) {
        Command sending = sender.send(what, to);
        sending.awaitEvent("code-needed");
        sending.sendLine(receiving.awaitEvent("code").get("code").asText());
        return sending;
    }
}
