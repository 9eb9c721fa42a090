package dev.lp2p.agent.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The agent among what systemd starts for the user.
 *
 * @param folder of the user's units
 * @param systemctl runs {@code systemctl --user} with these arguments; false if it is not there or failed
 */
record ServiceInstallation(Path folder, Predicate<List<String>> systemctl, Consumer<String> say) {

    private static final int SYSTEMCTL_SECONDS = 30;

    /** Where systemd looks for what the user wants to run. */
    static ServiceInstallation ofThisUser(CommandContext context) {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "Only systemd on Linux is set up here; docs/agent.md has the steps for this system.");
        }
        String config = System.getenv("XDG_CONFIG_HOME");
        Path configFolder = config == null || config.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(config);
        return new ServiceInstallation(
                configFolder.resolve("systemd").resolve("user"), ServiceInstallation::run, context::say);
    }

    /** Has it started now and at each login. */
    ExitStatus install(ServiceUnit unit) {
        Path file = folder.resolve(ServiceUnit.NAME);
        try {
            Files.createDirectories(folder);
            Files.writeString(file, unit.text());
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, "Cannot write " + file + " (" + e + ").", e);
        }
        say.accept("Wrote " + file + ":");
        unit.text().lines().forEach(line -> say.accept("  " + line));
        boolean enabled = systemctl.test(List.of("daemon-reload"))
                && systemctl.test(List.of("enable", ServiceUnit.NAME))
                && systemctl.test(List.of("restart", ServiceUnit.NAME));
        say.accept(
                enabled
                        ? "The agent runs, and starts "
                                + (unit.onDesktop() ? "with your desktop session" : "when you log in")
                                + ". 'lp2p agent --uninstall' takes that back."
                        : "systemd of this user does not answer. When it does, run: systemctl --user daemon-reload"
                                + " && systemctl --user enable --now " + ServiceUnit.NAME);
        return enabled ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    /** Ends it if systemd started it, and has it started no more. */
    ExitStatus uninstall() {
        Path file = folder.resolve(ServiceUnit.NAME);
        if (Files.notExists(file)) {
            throw new CommandException(ExitStatus.NOT_FOUND, "It is not installed: there is no " + file + ".");
        }
        boolean answered = systemctl.test(List.of("disable", "--now", ServiceUnit.NAME));
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, "Cannot remove " + file + " (" + e + ").", e);
        }
        answered &= systemctl.test(List.of("daemon-reload"));
        say.accept("Removed " + file + "."
                + (answered
                        ? ""
                        : " systemd of this user did not answer; 'lp2p agent --stop' ends an agent that runs."));
        return ExitStatus.DONE;
    }

    private static boolean run(List<String> arguments) {
        List<String> command = new ArrayList<>(Arrays.asList("systemctl", "--user"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(SYSTEMCTL_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            // There is no systemd.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
