package dev.lp2p.testkit.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that made a namespace, as it stands in the namespace's name. The time at which it started tells it from a
 * later process that was given the same number.
 */
record Owner(long pid, String startTicks) {

    private static final Pattern NAME = Pattern.compile("lp2p-(\\d+)-(\\d+)-.*");

    /** Where "starttime" stands in /proc/PID/stat, counted after the program's name in parentheses; see proc(5). */
    private static final int START_TIME_FIELD = 19;

    static Owner thisProcess() {
        long pid = ProcessHandle.current().pid();
        return new Owner(pid, startTicks(pid).orElseThrow());
    }

    static Optional<Owner> ofNamespace(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Owner(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    String namespace(String suffix) {
        return "lp2p-" + pid + "-" + startTicks + "-" + suffix;
    }

    boolean isAlive() {
        return startTicks(pid).filter(startTicks::equals).isPresent();
    }

    private static Optional<String> startTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(fields[START_TIME_FIELD]);
        } catch (IOException e) {
            return Optional.empty(); // There is no such process, or it ended just now.
        }
    }
}
