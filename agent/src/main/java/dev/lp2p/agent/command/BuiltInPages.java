package dev.lp2p.agent.command;

import dev.lp2p.gateway.AppFolders;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages that come with the agent, in its jar or, as it is built, in its classes. */
final class BuiltInPages implements AutoCloseable {

    /** The app that lists the others, and what its address ends with. */
    static final String EXAMPLES = "examples";

    private final @Nullable FileSystem jar;
    private final Path folder;

    private BuiltInPages(@Nullable FileSystem jar, Path folder) {
        this.jar = jar;
        this.folder = folder;
    }

    static BuiltInPages open() {
        try {
            @Nullable URL found = BuiltInPages.class.getResource("/dev/lp2p/agent/pages/" + EXAMPLES + "/index.html");
            if (found == null) {
                throw new IOException("they are not in it");
            }
            URI index = found.toURI();
            FileSystem jar = index.getScheme().equals("jar") ? FileSystems.newFileSystem(index, Map.of()) : null;
            return new BuiltInPages(jar, Path.of(index).resolveSibling(""));
        } catch (IOException | URISyntaxException e) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "The pages of this build of lp2p cannot be read (" + e.getMessage() + "). Build it again.",
                    e);
        }
    }

    /** For the gateway. */
    Map<String, Path> apps() {
        try {
            return AppFolders.of(EXAMPLES, folder);
        } catch (IOException e) {
            throw new CommandException(
                    ExitStatus.FAILED,
                    "The pages of this build of lp2p cannot be read (" + e.getMessage() + "). Build it again.",
                    e);
        }
    }

    /** Where a browser on this device finds the examples. */
    static String address(int gatewayPort) {
        return "http://127.0.0.1:" + gatewayPort + "/" + EXAMPLES + "/";
    }

    @Override
    public void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }
}
