package dev.lp2p.agent.command;

import dev.lp2p.agent.browser.Chromium;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The program by which the user's own browser opens a page. */
record UserBrowser(Path program) {

    /** What opens pages in the browser that the user chose, on Linux and macOS; else one that is there. */
    static Optional<UserBrowser> find() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        String opener = System.getProperty("os.name").startsWith("Mac") ? "open" : "xdg-open";
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, opener))
                .filter(Files::isExecutable)
                .findFirst()
                .or(Chromium::find)
                .map(UserBrowser::new);
    }

    /** Opens a page, and does not wait for it. */
    void open(String address) {
        try {
            new ProcessBuilder(program.toString(), address)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new CommandException(ExitStatus.FAILED, "Cannot start " + program + " (" + e.getMessage() + ").", e);
        }
    }
}
