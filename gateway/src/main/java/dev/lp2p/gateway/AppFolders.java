package dev.lp2p.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of apps, for {@link GatewaySettings}. */
public final class AppFolders {

    private AppFolders() {}

    /** An app that lists others, as {@code examples}, and each folder in it as an app, such as {@code examples/chat}. */
    public static Map<String, Path> of(String name, Path folder) throws IOException {
        Map<String, Path> apps = new TreeMap<>(Map.of(name, folder));
        try (Stream<Path> inside = Files.list(folder)) {
            // The name of a folder in an archive may end with a slash.
            inside.filter(Files::isDirectory)
                    .forEach(app ->
                            apps.put(name + "/" + app.getFileName().toString().replace("/", ""), app));
        }
        return apps;
    }
}
