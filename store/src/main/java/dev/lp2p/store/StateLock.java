package dev.lp2p.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * While it is held, no other process and nobody else in this one uses the identity in the folder. The operating system
 * gives it back when the process ends, however it ends.
 */
public final class StateLock implements AutoCloseable {

    /** Folders locked by this process: closing a second descriptor of a file would drop the first one's lock. */
    private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

    /** Locks may be mandatory: this byte is far behind the process id, which others read. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private static final int MAX_PROCESS_ID_BYTES = 20;

    private final Path file;
    private final FileChannel channel;

    private StateLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static StateLock acquire(Path folder, Path file) throws IOException {
        if (!LOCKED_HERE.add(file)) {
            throw inUse(folder, "this program");
        }
        boolean locked = false;
        try {
            PrivateFiles.file(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
                if (lock == null) {
                    throw inUse(folder, "another process" + processId(channel));
                }
                writeProcessId(channel);
                locked = true;
                return new StateLock(file, channel);
            } finally {
                if (!locked) {
                    channel.close();
                }
            }
        } finally {
            if (!locked) {
                LOCKED_HERE.remove(file);
            }
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new StateException("Cannot release the lock " + file + ": " + e.getMessage(), e);
        } finally {
            LOCKED_HERE.remove(file);
        }
    }

    private static StateException inUse(Path folder, String by) {
        return new StateException("The identity in " + folder + " is in use by " + by
                + ". Stop that one first, or give this one an identity of its own with --state DIR.");
    }

    private static String processId(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(MAX_PROCESS_ID_BYTES);
        channel.read(bytes, 0);
        String id = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
        return id.matches("[0-9]+") ? " (" + id + ")" : "";
    }

    private static void writeProcessId(FileChannel channel) throws IOException {
        channel.truncate(0);
        String id = ProcessHandle.current().pid() + "\n";
        channel.write(ByteBuffer.wrap(id.getBytes(StandardCharsets.US_ASCII)), 0);
    }
}
