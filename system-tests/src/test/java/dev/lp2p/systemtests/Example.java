package dev.lp2p.systemtests;

import dev.lp2p.testkit.hosts.HostProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An example that runs, and the person at its terminal. */
record Example(HostProcess process) {

    private static final Pattern CODE = Pattern.compile("\\s*([0-9]+(-[0-9]+)+)\\s*");

    /** @param arguments what follows the folder for its state */
    static Example start(Device device, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                Device.SHORT_LIVED,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName(),
                device.home().resolve("state").toString()));
        command.addAll(List.of(arguments));
        return new Example(device.host().start(command, Map.of("LC_ALL", "C.UTF-8")));
    }

    /** Allows it to be seen. */
    Example allow() {
        await("Let them?");
        say("yes");
        return this;
    }

    /** Chooses the device of this name once it appears. */
    Example choose(String name) {
        Pattern row = Pattern.compile(" *([0-9]+)  " + Pattern.quote(name) + "  .*");
        Matcher shown = row.matcher(await(row));
        if (!shown.matches()) {
            throw new AssertionError("It matched before");
        }
        say(shown.group(1));
        await("Connect to");
        say("yes");
        return this;
    }

    /** Enters the code that the other one shows. */
    void enterCodeOf(Example other) {
        String code = other.await(CODE).strip();
        await("Code shown there");
        say(code);
    }

    /** Lets the device connect that now wants to. */
    void acceptPeer() {
        await("Connect it to");
        say("yes");
    }

    void say(String line) {
        process.sendLine(line);
    }

    String await(String text) {
        return process.output().await("'" + text + "'", line -> line.contains(text));
    }

    private String await(Pattern pattern) {
        return process.output()
                .await(pattern.pattern(), line -> pattern.matcher(line).matches());
    }
}
