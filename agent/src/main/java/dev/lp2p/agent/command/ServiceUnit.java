package dev.lp2p.agent.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A systemd unit of the user that runs the agent.
 *
 * @param command the agent's command line, its program being an absolute path
 * @param environment of the agent
 * @param onDesktop whether it runs as long as the desktop session, whose display it needs for windows, or as long as the
 *     user is logged in anyhow
 * @see <a href="https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html">systemd.service</a>
 */
record ServiceUnit(List<String> command, Map<String, String> environment, boolean onDesktop) {

    static final String NAME = "lp2p-agent.service";

    /** Where the launcher says that it is. */
    private static final String LAUNCHER_PROPERTY = "dev.lp2p.launcher";

    /** The agent as it would run from this command line. */
    static ServiceUnit of(GlobalOptions options, AgentRun.Settings settings) {
        @Nullable String launcher = System.getProperty(LAUNCHER_PROPERTY);
        if (launcher == null) {
            throw new CommandException(
                    ExitStatus.FAILED, "It is not known which program to start. Install through the launcher: ./lp2p.");
        }
        List<String> command = new ArrayList<>(List.of(launcher, "agent"));
        if (options.state != null) {
            command.addAll(List.of("--state", options.state.toAbsolutePath().toString()));
        }
        options.interfaces.forEach(name -> command.addAll(List.of("--interface", name)));
        if (settings.name() != null) {
            command.addAll(List.of("--name", settings.name()));
        }
        if (settings.gatewayPort() != AgentRun.DEFAULT_GATEWAY_PORT) {
            command.addAll(List.of("--gateway-port", Integer.toString(settings.gatewayPort())));
        }
        if (!settings.windows()) {
            command.add("--no-windows");
        }
        // What is built runs; a login is no time to build.
        Map<String, String> environment =
                Map.of("JAVA_HOME", Path.of(System.getProperty("java.home")).toString(), "LP2P_NO_BUILD", "yes");
        boolean onDesktop =
                settings.windows() && (System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null);
        return new ServiceUnit(command, environment, onDesktop);
    }

    /** The unit's file. */
    String text() {
        String target = onDesktop ? "graphical-session.target" : "default.target";
        String variables = environment.keySet().stream()
                .sorted()
                .map(name -> "Environment=" + quoted(name + "=" + environment.get(name), false) + "\n")
                .collect(Collectors.joining());
        return "[Unit]\n"
                + "Description=lp2p agent, which web pages use to reach devices nearby\n"
                + (onDesktop ? "PartOf=" + target + "\nAfter=" + target + "\n" : "")
                + "\n[Service]\n"
                + "ExecStart="
                + words().stream().map(word -> quoted(word, true)).collect(Collectors.joining(" "))
                + "\n"
                + variables
                // 143 is the end by SIGTERM.
                + "SuccessExitStatus=143\n"
                + "Restart=on-failure\n"
                + "\n[Install]\n"
                + "WantedBy=" + target + "\n";
    }

    /** The command line, whose program systemd takes from its own words only without what could be quoting. */
    private List<String> words() {
        boolean isPlain = command.get(0).chars().noneMatch(c -> "\"'\\$".indexOf(c) >= 0 || Character.isISOControl(c));
        return isPlain
                ? command
                : Stream.concat(Stream.of("/bin/sh", "-c", "exec \"$0\" \"$@\""), command.stream())
                        .toList();
    }

    /** As systemd reads it: in quotes, with what has a meaning of its own escaped. */
    private static String quoted(String word, boolean dollars) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                case '%' -> quoted.append("%%");
                case '$' -> quoted.append(dollars ? "$$" : "$");
                default -> {
                    if (Character.isISOControl(c)) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }
}
