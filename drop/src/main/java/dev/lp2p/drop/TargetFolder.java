package dev.lp2p.drop;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.FileTime;
import java.util.StringJoiner;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where one transfer's files go. Each is written under a temporary name in the root and moved to its own when it is
 * whole; nothing that exists is overwritten, and no folder is used that this transfer did not make.
 */
final class TargetFolder implements Closeable {

    static final String TEMPORARY_PREFIX = ".lp2p-";
    static final String TEMPORARY_SUFFIX = ".part";

    private static final System.Logger LOG = System.getLogger(TargetFolder.class.getName());

    private final Folder root;
    private final TakenNames names = new TakenNames();
    private @Nullable WritableByteChannel part;
    private String partName = "";

    TargetFolder(Folder root) {
        this.root = root;
    }

    boolean hasRoomFor(long bytes) throws IOException {
        return root.usableSpace() >= bytes;
    }

    /** Begins a file's temporary name. */
    void begin() throws RefusedException {
        partName = TEMPORARY_PREFIX + UUID.randomUUID() + TEMPORARY_SUFFIX;
        try {
            part = root.createFile(partName);
        } catch (IOException e) {
            throw refusal(e, 0);
        }
    }

    void write(ByteBuffer data) throws RefusedException {
        WritableByteChannel channel = part;
        if (channel == null) {
            throw new IllegalStateException("No file was begun");
        }
        try {
            while (data.hasRemaining()) {
                channel.write(data);
            }
        } catch (IOException e) {
            throw refusal(e, data.remaining());
        }
    }

    /** Gives the file its own name, and says which: the path asked for, or one close to it. */
    String commit(SafePath path, FileTime modified) throws RefusedException {
        try {
            closePart();
            setModified(modified);
            return moveToPlace(path);
        } catch (InvalidPathException e) {
            throw new RefusedException(DropReason.NAME_NOT_STORABLE, e);
        } catch (IOException e) {
            throw refusal(e, 0);
        }
    }

    /** Removes what was begun and not committed. */
    void discard() {
        if (partName.isEmpty()) {
            return;
        }
        try {
            closePart();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "Closing a temporary file failed; it is removed all the same", e);
        }
        try {
            root.delete(partName);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "The temporary file " + partName + " could not be removed", e);
        }
        partName = "";
    }

    @Override
    public void close() {
        discard();
        try {
            root.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String moveToPlace(SafePath path) throws IOException, RefusedException {
        StringJoiner savedAs = new StringJoiner("/");
        Folder parent = root;
        long parentKey = TakenNames.ROOT;
        try {
            for (SafePath.Segment segment : path.folders()) {
                long key = names.key(parentKey, segment.raw());
                String name = names.folder(key, segment);
                if (name == null) {
                    name = makeFolder(parent, parentKey, segment.name());
                    names.made(key, segment, name);
                }
                Folder child = openMade(parent, name);
                closeUnlessRoot(parent);
                parent = child;
                parentKey = key;
                savedAs.add(name);
            }
            savedAs.add(moveInto(parent, parentKey, path.file().name()));
            return savedAs.toString();
        } finally {
            closeUnlessRoot(parent);
        }
    }

    private static Folder openMade(Folder parent, String name) throws RefusedException {
        try {
            return parent.open(name);
        } catch (IOException e) {
            // This transfer made it, so someone took it away or put a link in its place.
            throw new RefusedException(DropReason.FOLDER_REPLACED, e);
        }
    }

    private String makeFolder(Folder parent, long parentKey, String wanted) throws IOException, RefusedException {
        return names.claim(parentKey, wanted, parent::makeFolder);
    }

    private String moveInto(Folder parent, long parentKey, String wanted) throws IOException, RefusedException {
        String name = names.claim(parentKey, wanted, candidate -> reserve(parent, candidate));
        try {
            root.move(partName, parent, name);
        } catch (IOException e) {
            if (parent == root) {
                root.delete(name);
            }
            throw e;
        }
        partName = "";
        return name;
    }

    /**
     * In the root, which others may write to, an empty file holds the name: moving alone would overwrite what appeared
     * meanwhile. In a folder that this transfer made a look is enough, and four times as fast: Linux's ext4 starts
     * writing a file to the disk when it replaces another.
     */
    private void reserve(Folder parent, String name) throws IOException {
        if (parent == root) {
            root.createFile(name).close();
        } else if (parent.exists(name)) {
            throw new FileAlreadyExistsException(name);
        }
    }

    private void setModified(FileTime modified) {
        try {
            root.setModified(partName, modified);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "A file keeps the time of its arrival", e);
        }
    }

    private void closePart() throws IOException {
        WritableByteChannel channel = part;
        part = null;
        if (channel != null) {
            channel.close();
        }
    }

    private void closeUnlessRoot(Folder folder) throws IOException {
        if (folder != root) {
            folder.close();
        }
    }

    private RefusedException refusal(IOException failure, int bytesLeft) {
        boolean full;
        try {
            // The message of the failure is in the system's language.
            full = !(failure instanceof FileAlreadyExistsException) && !hasRoomFor(Math.max(1, bytesLeft));
        } catch (IOException e) {
            failure.addSuppressed(e);
            full = false;
        }
        return new RefusedException(full ? DropReason.NO_SPACE : DropReason.NOT_STORED, failure);
    }
}
