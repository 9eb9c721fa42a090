package dev.lp2p.drop;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.UUID;

/**
 * A folder held open by the system, so that names are resolved in it and not along a path that someone may change
 * meanwhile (openat, renameat).
 */
final class OpenFolder implements Folder {

    private final Path rootPath;
    private final SecureDirectoryStream<Path> root;
    private final SecureDirectoryStream<Path> stream;

    OpenFolder(Path rootPath, SecureDirectoryStream<Path> root) {
        this(rootPath, root, root);
    }

    private OpenFolder(Path rootPath, SecureDirectoryStream<Path> root, SecureDirectoryStream<Path> stream) {
        this.rootPath = rootPath;
        this.root = root;
        this.stream = stream;
    }

    @Override
    public Folder open(String name) throws IOException {
        return new OpenFolder(rootPath, root, stream.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public boolean exists(String name) throws IOException {
        try {
            attributes(name).readAttributes();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The JDK has no mkdirat: the folder is made under a name nobody knows in the root, and moved to its place. */
    @Override
    public void makeFolder(String name) throws IOException {
        if (exists(name)) {
            throw new FileAlreadyExistsException(name);
        }
        Path made = Path.of(TargetFolder.TEMPORARY_PREFIX + UUID.randomUUID());
        Files.createDirectory(rootPath.resolve(made));
        try {
            root.move(made, stream, Path.of(name));
        } catch (IOException e) {
            Files.deleteIfExists(rootPath.resolve(made));
            throw e;
        }
    }

    @Override
    public WritableByteChannel createFile(String name) throws IOException {
        return stream.newByteChannel(
                Path.of(name),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public void move(String name, Folder target, String newName) throws IOException {
        stream.move(Path.of(name), ((OpenFolder) target).stream, Path.of(newName));
    }

    @Override
    public void setModified(String name, FileTime time) throws IOException {
        attributes(name).setTimes(time, null, null);
    }

    @Override
    public void delete(String name) throws IOException {
        stream.deleteFile(Path.of(name));
    }

    @Override
    public long usableSpace() throws IOException {
        return Files.getFileStore(rootPath).getUsableSpace();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private BasicFileAttributeView attributes(String name) {
        return stream.getFileAttributeView(Path.of(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
