package dev.lp2p.agent.command;

import dev.lp2p.agent.browser.Chromium;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A browser of the user's own, with its windows.
 *
 * @param program the browser, or what opens a page in the one that the user chose
 * @param opensWindows whether it can be asked for a window of several pages
 */
record UserBrowser(Path program, boolean opensWindows) {

    /** A Chromium, since it can show pages beside each other; else whatever the user has. */
    static Optional<UserBrowser> find() {
        return Chromium.find().map(program -> new UserBrowser(program, true)).or(UserBrowser::ofUser);
    }

    /** Opens pages, in a window of their own where that can be, and does not wait for them. */
    void open(List<String> addresses) {
        if (!opensWindows) {
            addresses.forEach(address -> start(List.of(program.toString(), address)));
            return;
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), "--new-window"));
        command.addAll(Chromium.rootFlags());
        command.addAll(addresses);
        start(command);
    }

    private static Optional<UserBrowser> ofUser() {
        String opener = System.getProperty("os.name").startsWith("Mac") ? "open" : "xdg-open";
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, opener))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new UserBrowser(program, false));
    }

    private static void start(List<String> command) {
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.FAILED, "Cannot start " + command.get(0) + " (" + e.getMessage() + ").", e);
        }
    }
}
