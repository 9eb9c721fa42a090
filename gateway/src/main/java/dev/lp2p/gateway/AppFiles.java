package dev.lp2p.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folders of apps. Nothing outside of them is served, nor anything hidden, and no link leads out. An app may be inside
 * of another: a page is of the innermost that it is in.
 */
final class AppFiles {

    /** Segments that begin with a letter, a digit or _, so that none is .., hidden, or a drive. */
    private static final Pattern PATH =
            Pattern.compile("/(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)+(?:[A-Za-z0-9_][A-Za-z0-9._-]*)?");

    private static final String INDEX = "index.html";

    /** The largest file that is served. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Map<String, Path> folders;

    AppFiles(Map<String, Path> folders) {
        this.folders = folders;
    }

    /** Which app a path is of. */
    Optional<String> appOf(String path) {
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        return folders.keySet().stream()
                .filter(app -> path.startsWith("/" + app + "/"))
                .max(Comparator.comparingInt(String::length));
    }

    /** Reads the disk. */
    Optional<ServedFile> find(String path) throws IOException {
        Optional<String> app = appOf(path);
        Path folder = app.map(folders::get).orElse(null);
        if (app.isEmpty() || folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        String inside = path.substring(app.get().length() + 2);
        Path file = folder.resolve(inside.isEmpty() || inside.endsWith("/") ? inside + INDEX : inside);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().startsWith(folder.toRealPath())
                || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        String name = file.getFileName().toString();
        return Optional.of(new ServedFile(ServedFile.typeOf(name), ByteBuffer.wrap(Files.readAllBytes(file))));
    }
}
