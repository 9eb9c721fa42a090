package dev.lp2p.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lp2p.systemtests.program.ScriptedProgram;
import dev.lp2p.testkit.hosts.HostProcess;
import dev.lp2p.testkit.hosts.OutputLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A {@link ScriptedProgram} that runs on a device of its own. */
record Program(Device device, HostProcess process) {

    /** @param lifetime of what its user grants */
    static Program start(Device device, String name, String lifetime) {
        HostProcess process = device.host()
                .start(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        Device.SHORT_LIVED,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ScriptedProgram.class.getName(),
                        device.home().resolve("state").toString(),
                        name,
                        lifetime));
        return new Program(device, process);
    }

    Program receive() {
        process.sendLine("receive");
        await("receiving");
        return this;
    }

    /** Connects to a device that does not know this one yet. */
    void connect(String name, Program receiver) {
        process.sendLine("request " + name);
        await("code-needed");
        process.sendLine("code " + receiver.await("code ").substring("code ".length()));
        await("connected");
        receiver.await("connected");
    }

    void tell(String command) {
        process.sendLine(command);
    }

    /** The next event that begins so. */
    String await(String event) {
        return await(event, OutputLines.PATIENCE);
    }

    String await(String event, Duration limit) {
        return process.output().await("'" + event + "'", line -> line.startsWith(event), limit);
    }

    /** Waits until its connection closed for this reason, and tells how long that took by its own clock. */
    Duration awaitClosed(String reason, Instant since) {
        return closed(await("closed "), reason, since);
    }

    /** As {@link #awaitClosed}, for the network's end, of which its one open channel tells too. */
    Duration awaitNetworkLostWithChannel(Instant since) {
        Set<String> awaited = new HashSet<>(Set.of("closed", "channel-error", "channel-closed"));
        Duration took = Duration.ZERO;
        while (!awaited.isEmpty()) {
            // Connection and channel have a queue of events each.
            String event = process.output().await(awaited.toString(), line -> awaited.contains(line.split(" ")[0]));
            awaited.remove(event.split(" ")[0]);
            if (event.startsWith("closed")) {
                took = closed(event, "NETWORK_LOST", since);
            } else if (event.startsWith("channel-error")) {
                assertThat(event).endsWith("NETWORK_ERROR");
            }
        }
        return took;
    }

    /** How often this happened so far. */
    long count(String event) {
        return process.output().all().stream()
                .filter(line -> line.startsWith(event))
                .count();
    }

    private static Duration closed(String event, String reason, Instant since) {
        String[] words = event.split(" ");
        assertThat(words[1]).as("why it closed").isEqualTo(reason);
        return Duration.between(since, Instant.ofEpochMilli(Long.parseLong(words[2])));
    }
}
