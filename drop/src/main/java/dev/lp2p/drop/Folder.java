package dev.lp2p.drop;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileTime;

/** One open folder. Whatever is done in it by name never follows a symbolic link. */
interface Folder extends Closeable {

    /** Opens the folder that the user chose, which alone may be reached through links. */
    @SuppressWarnings("StreamResourceLeak") // The folder that is returned holds the stream open, and closes it.
    static Folder root(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new OpenFolder(path, secure);
        }
        stream.close();
        return new CheckedFolder(path);
    }

    Folder open(String name) throws IOException;

    boolean exists(String name) throws IOException;

    /** Makes a folder, or fails if the name exists. */
    void makeFolder(String name) throws IOException;

    /** Makes an empty file, or fails if the name exists. */
    WritableByteChannel createFile(String name) throws IOException;

    /** Moves in one step, over what stands there. */
    void move(String name, Folder target, String newName) throws IOException;

    void setModified(String name, FileTime time) throws IOException;

    void delete(String name) throws IOException;

    /** Bytes that the disk below can still take. */
    long usableSpace() throws IOException;
}
