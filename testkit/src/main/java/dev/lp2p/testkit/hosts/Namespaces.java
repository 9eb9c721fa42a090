package dev.lp2p.testkit.hosts;

import java.util.List;
import java.util.Optional;

/** Linux network namespaces by name, and the end of what runs in them. */
final class Namespaces {

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
