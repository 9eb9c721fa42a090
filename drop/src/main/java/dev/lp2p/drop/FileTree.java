package dev.lp2p.drop;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files below what a user named, in the order of their names. Walked anew each time and never held: in memory are
 * the names of one folder at each depth.
 */
final class FileTree {

    /** What each was named, and where it is. */
    private final Map<String, Path> roots;

    private FileTree(Map<String, Path> roots) {
        this.roots = roots;
    }

    interface Visitor {
        void file(Path file, String path, BasicFileAttributes attributes) throws EndedException;

        /** Something that cannot be walked or read. */
        void failed(String path, DropReason reason);

        /** Something that is neither a file nor a folder with anything in it. */
        void skipped(String path, DropReason reason);
    }

    static FileTree of(List<Path> paths) {
        if (paths.isEmpty()) {
            throw new DropException("Name at least one file or folder to send");
        }
        Map<String, Path> roots = new LinkedHashMap<>();
        for (Path path : paths) {
            check(path);
            Path name = path.toAbsolutePath().normalize().getFileName();
            if (name == null) {
                throw new DropException(path + " has no name to send it under; name the folders in it");
            }
            String unique = name.toString();
            for (int number = 2; roots.containsKey(unique); number++) {
                unique = SafeName.numbered(name.toString(), number);
            }
            roots.put(unique, path);
        }
        return new FileTree(roots);
    }

    List<String> names(int most) {
        return roots.keySet().stream().limit(most).toList();
    }

    void walk(Visitor visitor) throws EndedException {
        for (Map.Entry<String, Path> root : roots.entrySet()) {
            visit(root.getValue(), root.getKey(), 1, visitor);
        }
    }

    private static void check(Path path) {
        try {
            BasicFileAttributes attributes = attributes(path);
            if (attributes.isSymbolicLink()) {
                throw new DropException(
                        path + " is a symbolic link, and links are not followed; name what it points to");
            }
            if (attributes.isOther()) {
                throw new DropException(path + " is neither a file nor a folder, and cannot be sent");
            }
        } catch (IOException e) {
            throw new DropException(path + " does not exist or cannot be read; check the name and its permissions");
        }
    }

    private static void visit(Path path, String name, int depth, Visitor visitor) throws EndedException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(path);
        } catch (IOException e) {
            visitor.failed(name, DropReason.UNREADABLE);
            return;
        }
        if (attributes.isSymbolicLink()) {
            visitor.skipped(name, DropReason.SYMLINK);
        } else if (attributes.isOther()) {
            visitor.skipped(name, DropReason.SPECIAL_FILE);
        } else if (depth > DropProtocol.MAX_DEPTH) {
            visitor.failed(name, DropReason.TOO_DEEP);
        } else if (SafeName.bytes(name) > DropProtocol.MAX_PATH_BYTES) {
            visitor.failed(name, DropReason.PATH_TOO_LONG);
        } else if (attributes.isDirectory()) {
            visitChildren(path, name, depth, visitor);
        } else {
            visitor.file(path, name, attributes);
        }
    }

    private static void visitChildren(Path folder, String name, int depth, Visitor visitor) throws EndedException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            children.forEach(child -> names.add(child.getFileName()));
        } catch (IOException | DirectoryIteratorException e) {
            visitor.failed(name, DropReason.UNREADABLE);
            return;
        }
        if (names.isEmpty()) {
            visitor.skipped(name, DropReason.EMPTY_FOLDER);
        }
        names.sort(Comparator.comparing(Path::toString));
        for (Path child : names) {
            visit(folder.resolve(child), name + "/" + child, depth + 1, visitor);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
