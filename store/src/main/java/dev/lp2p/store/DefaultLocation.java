package dev.lp2p.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where each operating system wants a program to keep the state of one user on one machine. */
final class DefaultLocation {

    private static final String FOLDER = "lp2p";

    private DefaultLocation() {}

    static Path of(String osName, Map<String, String> environment, Path home) {
        String os = osName.toLowerCase(Locale.ROOT);
        if (os.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return (local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local)).resolve(FOLDER);
        }
        if (os.startsWith("mac")) {
            return home.resolve("Library").resolve("Application Support").resolve(FOLDER);
        }
        // https://specifications.freedesktop.org/basedir-spec/latest/: a relative path is to be ignored.
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        boolean usable = !xdg.isEmpty() && Path.of(xdg).isAbsolute();
        return (usable ? Path.of(xdg) : home.resolve(".local").resolve("state")).resolve(FOLDER);
    }
}
