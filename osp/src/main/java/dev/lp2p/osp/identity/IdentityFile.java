package dev.lp2p.osp.identity;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an {@link AgentIdentity} in a PKCS#12 file that only its owner can read. A file that cannot be read is never
 * replaced: peers would take the agent for a stranger.
 *
 * <p>The serial number and its counter are those of the certificate in the file. Who writes it makes sure that nobody else
 * does.
 */
public final class IdentityFile {

    /** Not a secret: PKCS#12 needs a password, what protects the file are its permissions. */
    private static final char[] PASSWORD = "lp2p".toCharArray();

    private static final String TYPE = "PKCS12";
    private static final String ALIAS = "agent";

    private final Path file;

    public IdentityFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * The identity in the file, under these names, or a new one if there is no file. What was made or renamed is on the
     * disk when this returns.
     *
     * @throws IOException with a message for a person, if the file is damaged or cannot be read or written
     */
    public AgentIdentity loadOrCreate(String instanceName, String modelName, SecureRandom random) throws IOException {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            AgentIdentity created = AgentIdentity.create(instanceName, modelName, random);
            save(created);
            return created;
        }
        AgentIdentity loaded = decode(content);
        AgentIdentity named = loaded.withNames(instanceName, modelName);
        if (named != loaded) {
            save(named);
        }
        return named;
    }

    /** Replaces the file as a whole: after a crash it holds either the old identity or this one. */
    public void save(AgentIdentity identity) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("The identity cannot be kept in " + file);
        }
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
        Path temporary = Files.createTempFile(folder, "identity", ".tmp", ownerOnly(folder, "rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer content = ByteBuffer.wrap(encode(identity));
                while (content.hasRemaining()) {
                    channel.write(content);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            if (isPosix(folder)) {
                try (FileChannel renamed = FileChannel.open(folder, StandardOpenOption.READ)) {
                    renamed.force(true);
                }
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private AgentIdentity decode(byte[] content) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(new ByteArrayInputStream(content), PASSWORD);
            if (store.getKey(ALIAS, PASSWORD) instanceof PrivateKey key
                    && store.getCertificate(ALIAS) instanceof X509Certificate certificate) {
                return new AgentIdentity(key, certificate);
            }
            throw damaged(null);
        } catch (GeneralSecurityException | IllegalArgumentException | IOException e) {
            throw damaged(e);
        }
    }

    private IOException damaged(@Nullable Exception cause) {
        return new IOException(
                "The identity of this device in " + file
                        + " is damaged. Put back a copy of the file; without one, move it"
                        + " away and start again: the device then gets a new identity, and others will ask for a code.",
                cause);
    }

    private static byte[] encode(AgentIdentity identity) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(null, null);
            store.setKeyEntry(ALIAS, identity.privateKey(), PASSWORD, new Certificate[] {identity.certificate()});
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, PASSWORD);
            return out.toByteArray();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has PKCS#12", e);
        }
    }

    /** On file systems with POSIX permissions; elsewhere a home folder is private by itself. */
    private static FileAttribute<?>[] ownerOnly(Path folder, String permissions) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
