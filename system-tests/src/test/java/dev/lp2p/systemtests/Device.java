package dev.lp2p.systemtests;

import dev.lp2p.testkit.hosts.Host;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An installation of the command on a host: an identity and who it knows, kept in a state folder. */
record Device(Host host, Path home) {

    /** For a JVM that lives for seconds, and shares two processors with many: without the second compiler. */
    static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1";

    /** Where {@code receive} puts what arrives. */
    Path inbox() {
        return home.resolve("inbox");
    }

    /** Starts {@code receive}, which takes what authenticated devices send. */
    Command receive(String name) {
        return lp2p("receive", "--name", name, "--dir", inbox().toString(), "--accept");
    }

    /** Starts {@code send}. */
    Command send(Path what, String to, String... more) {
        List<String> arguments = new ArrayList<>(List.of("send", what.toString(), "--to", to, "--wait", "60"));
        arguments.addAll(List.of(more));
        return lp2p(arguments.toArray(String[]::new));
    }

    /** Starts {@code discover}, which tells who comes and goes until it is ended. */
    Command watch() {
        return lp2p("discover", "--watch");
    }

    /** Starts the command through its launcher, with this device's state and events as JSON. */
    Command lp2p(String... arguments) {
        return lp2p(Map.of(), arguments);
    }

    /** The same, with more in its environment. */
    Command lp2p(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of("..", "lp2p").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--state", home.resolve("state").toString(), "--json"));
        return new Command(host.start(command, environment(environment)));
    }

    /** The launcher runs what the build just packaged, on the JDK that runs the tests. */
    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("LP2P_NO_BUILD", "yes");
        all.merge("LP2P_JAVA_OPTS", SHORT_LIVED, (given, shortLived) -> given + " " + shortLived);
        all.put("JAVA_HOME", System.getProperty("java.home"));
        all.put("LC_ALL", "C.UTF-8");
        return all;
    }
}
