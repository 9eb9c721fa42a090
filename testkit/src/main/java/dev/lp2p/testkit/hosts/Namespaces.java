package dev.lp2p.testkit.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Linux network namespaces by name, and the end of what runs in them. */
final class Namespaces {

    /** One that ended since it was listed is passed over. */
    private static final String SIGNAL =
            "signal=$1; shift; for pid; do kill -$signal $pid || [ ! -e /proc/$pid ] || exit 1; done";

    private Namespaces() {}

    static void add(String name) {
        Shell.run("ip", "netns", "add", name);
    }

    /** Ends every process in the namespace, then removes it. Nothing happens if another run just did. */
    static void remove(String name) {
        for (String pid : processes(name)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
        Shell.Result removed = Shell.tryRun(List.of("ip", "netns", "del", name));
        if (removed.status() != 0 && exists(name)) {
            throw new IllegalStateException("Cannot remove the namespace " + name + ": " + removed.output());
        }
    }

    /** The numbers of the processes in the namespace; none if there is no such namespace. */
    static List<String> processes(String name) {
        return Shell.tryRun(List.of("ip", "netns", "pids", name))
                .output()
                .lines()
                .filter(pid -> pid.matches("\\d+"))
                .toList();
    }

    /** Sends a signal to each of these processes that is still there. */
    static void signal(String signal, List<String> pids) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SIGNAL, "signal", signal));
        command.addAll(pids);
        Shell.run(command);
    }

    /** Whether a signal stopped this process; a moment passes until it does. */
    static boolean standsStill(String pid) {
        try {
            // https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
            // The state stands after the name, whose parentheses may have others in them.
            return Files.readString(Path.of("/proc", pid, "stat"))
                    .replaceFirst("(?s).*\\) ", "")
                    .startsWith("T");
        } catch (IOException e) {
            return false; // It ended.
        }
    }

    /** Removes what runs that are dead by now left behind. */
    static void removeLeftovers() {
        for (String name : names()) {
            Optional<Owner> owner = Owner.ofNamespace(name);
            if (owner.isPresent() && !owner.get().isAlive()) {
                remove(name);
            }
        }
    }

    static boolean exists(String name) {
        return names().contains(name);
    }

    /** Runs {@code ip} on the namespace's interfaces; no word of {@code arguments} has a space in it. */
    static void ip(String name, String arguments) {
        Shell.run(List.of(("ip -n " + name + " " + arguments).split(" ")));
    }

    /** Runs a script inside; it stops at the first command that fails. */
    static String script(String name, String script) {
        return Shell.run("ip", "netns", "exec", name, "sh", "-ec", script);
    }

    static List<String> names() {
        return Shell.run("ip", "netns", "list")
                .lines()
                .map(line -> line.replaceFirst(" .*", ""))
                .toList();
    }
}
