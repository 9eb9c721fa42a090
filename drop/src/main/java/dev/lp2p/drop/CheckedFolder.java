package dev.lp2p.drop;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * A folder on a system that cannot hold one open (Windows): each is looked at without following a link just before it
 * is used. What changes between the look and the use is not noticed.
 */
final class CheckedFolder implements Folder {

    private final Path path;

    CheckedFolder(Path path) {
        this.path = path;
    }

    @Override
    public Folder open(String name) throws IOException {
        Path folder = path.resolve(name);
        BasicFileAttributes attributes =
                Files.readAttributes(folder, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // A junction of Windows is a directory and something else as well.
        if (!attributes.isDirectory() || attributes.isOther()) {
            throw new NotDirectoryException(folder.toString());
        }
        return new CheckedFolder(folder);
    }

    @Override
    public boolean exists(String name) {
        return Files.exists(path.resolve(name), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void makeFolder(String name) throws IOException {
        Files.createDirectory(path.resolve(name));
    }

    @Override
    public WritableByteChannel createFile(String name) throws IOException {
        return Files.newByteChannel(
                path.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void move(String name, Folder target, String newName) throws IOException {
        Files.move(
                path.resolve(name),
                ((CheckedFolder) target).path.resolve(newName),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void setModified(String name, FileTime time) throws IOException {
        Files.getFileAttributeView(path.resolve(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(time, null, null);
    }

    @Override
    public void delete(String name) throws IOException {
        Files.delete(path.resolve(name));
    }

    @Override
    public long usableSpace() throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    @Override
    public void close() {}
}
