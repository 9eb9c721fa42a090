package dev.lp2p.drop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that one transfer has used, so that the second of two that some system would take for the same gets a
 * number. Keeps eight bytes of a hash for each instead of the name: what a sender can fill stays small, and the worst
 * of a collision is a number that was not needed.
 */
final class TakenNames {

    /** The key of the folder that everything goes into. */
    static final long ROOT = 0;

    /** Numbers tried before a name is given up. */
    private static final int MAX_NUMBER = 1000;

    /** Folders that got another name than the sender's, each of which is kept in full. */
    private static final int MAX_RENAMED_FOLDERS = 1000;

    private final MessageDigest digest = Sha256.newDigest();
    private final Set<Long> taken = new HashSet<>();
    private final Set<Long> folders = new HashSet<>();
    private final Map<Long, String> renamedFolders = new HashMap<>();

    /** Makes a file or folder of a name, or fails with {@link FileAlreadyExistsException}. */
    interface Maker {
        void make(String name) throws IOException;
    }

    long key(long parent, String name) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, parent));
        return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    /** The name that a folder of this transfer has, or null if it is to be made. */
    @Nullable String folder(long key, SafePath.Segment segment) throws RefusedException {
        if (folders.contains(key)) {
            return renamedFolders.getOrDefault(key, segment.name());
        }
        if (folders.size() >= DropProtocol.MAX_FOLDERS || renamedFolders.size() >= MAX_RENAMED_FOLDERS) {
            throw new RefusedException(DropReason.TOO_MANY_FOLDERS);
        }
        return null;
    }

    void made(long key, SafePath.Segment segment, String name) {
        folders.add(key);
        if (!name.equals(segment.name())) {
            renamedFolders.put(key, name);
        }
    }

    /** Makes {@code wanted} in the folder {@code parent}, or the first of its numbered names that is free. */
    String claim(long parent, String wanted, Maker maker) throws IOException, RefusedException {
        for (int number = 1; number <= MAX_NUMBER; number++) {
            String name = number == 1 ? wanted : SafeName.numbered(wanted, number);
            long key = key(parent, SafeName.folded(name));
            if (taken.contains(key)) {
                continue;
            }
            try {
                maker.make(name);
                taken.add(key);
                return name;
            } catch (FileAlreadyExistsException e) {
                // Someone else's; the next number may be free.
            }
        }
        throw new RefusedException(DropReason.NAME_TAKEN);
    }
}
