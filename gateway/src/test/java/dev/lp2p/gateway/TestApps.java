package dev.lp2p.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the gateways of tests with a browser serve: an empty page with the library, and the examples. */
final class TestApps {

    static final Path WEB = Path.of("..", "web");

    private TestApps() {}

    static Map<String, Path> all() throws IOException {
        Map<String, Path> apps = new HashMap<>(AppFolders.of("examples", WEB.resolve("examples")));
        apps.put("try", WEB.resolve("lp2p/test/real/try"));
        return apps;
    }
}
