package dev.lp2p.store;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that only this user can read and write. Where the file system has no POSIX permissions (Windows), the
 * access list of the user's profile does that, and nothing is checked here.
 */
final class PrivateFiles {

    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private PrivateFiles() {}

    /** Makes the folder where there is none, and refuses one that somebody else can write to. */
    static Path folder(Path folder) throws IOException {
        if (!hasPermissions(folder)) {
            return Files.createDirectories(folder).toRealPath();
        }
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attribute(FOLDER));
        }
        Path real = folder.toRealPath();
        requireOwned(real);
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new StateException("Other users of this machine can write to the folder " + real
                    + ", so they could swap this device's key and its known peers. Run: chmod 700 '" + real + "'");
        }
        return real;
    }

    /** Makes an empty file where there is none, and takes everybody else's rights to one that is there. */
    static void file(Path file) throws IOException {
        if (!hasPermissions(file)) {
            if (Files.notExists(file)) {
                Files.createFile(file);
            }
            return;
        }
        try {
            Files.createFile(file, attribute(FILE));
        } catch (FileAlreadyExistsException thereAlready) {
            fileIfPresent(file);
        }
    }

    /** Takes everybody else's rights to a file, such as one that was copied back from elsewhere. */
    static void fileIfPresent(Path file) throws IOException {
        if (hasPermissions(file) && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new StateException(file + " is not an ordinary file. Remove it, or choose another folder.");
            }
            requireOwned(file);
            if (!Files.getPosixFilePermissions(file).equals(FILE)) {
                Files.setPosixFilePermissions(file, FILE);
            }
        }
    }

    private static void requireOwned(Path path) throws IOException {
        Object owner = Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (((Number) owner).longValue() != new UnixSystem().getUid()) {
            throw new StateException(path + " belongs to the user " + Files.getOwner(path)
                    + ". Run as that user, or choose a folder of your own.");
        }
    }

    private static boolean hasPermissions(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }
}
