package dev.lp2p.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The folders of apps. Nothing outside of them is served, nor anything hidden, and no link leads out. */
final class AppFiles {

    /** Segments that begin with a letter, a digit or _, so that none is .., hidden, or a drive. */
    private static final Pattern PATH =
            Pattern.compile("/([a-z0-9-]+)/((?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*)([A-Za-z0-9_][A-Za-z0-9._-]*)?");

    private static final String INDEX = "index.html";

    /** The largest file that is served. */
    private static final long MAX_BYTES = 32L * 1024 * 1024;

    private final Map<String, Path> folders;

    AppFiles(Map<String, Path> folders) {
        this.folders = folders;
    }

    /** Which app a path is of. */
    Optional<String> appOf(String path) {
        Matcher parts = PATH.matcher(path);
        return parts.matches() && folders.containsKey(parts.group(1)) ? Optional.of(parts.group(1)) : Optional.empty();
    }

    /** Reads the disk. */
    Optional<ServedFile> find(String path) throws IOException {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Path folder = folders.get(parts.group(1));
        if (folder == null || !Files.isDirectory(folder)) {
            return Optional.empty();
        }
        String name = parts.group(3) == null ? INDEX : parts.group(3);
        Path file = folder.resolve(parts.group(2)).resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || !file.toRealPath().startsWith(folder.toRealPath())
                || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new ServedFile(ServedFile.typeOf(name), ByteBuffer.wrap(Files.readAllBytes(file))));
    }
}
