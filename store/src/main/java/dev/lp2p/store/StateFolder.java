package dev.lp2p.store;

import dev.lp2p.GrantStore;
import dev.lp2p.LP2PSettings;
import dev.lp2p.osp.peer.PeerStore;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What an agent remembers between two runs, in a folder that only its user can read and write.
 *
 * <p>Files, each with permissions 0600 in a folder with 0700:
 *
 * <ul>
 *   <li>{@code identity.p12}: the private key and the certificates, PKCS#12; whoever has it is this device
 *   <li>{@code state.db}: SQLite; known peers, grants, the metadata version, the state token and the display name; beside it
 *       SQLite's {@code -wal} and {@code -shm} while it is open
 *   <li>{@code lock}: locked by the process that uses the identity, whose id it holds
 * </ul>
 *
 * <p>A change is on the disk before the call that made it returns, except that peers and grants are put and seen without waiting;
 * {@link #close()} waits for them. Known peers and grants may be read and removed without {@link #lock()}, while another process
 * runs on the folder, and that process sees it at its next look.
 */
public final class StateFolder implements AutoCloseable {

    private static final String IDENTITY = "identity.p12";
    private static final String DATABASE = "state.db";
    private static final String LOCK = "lock";

    private final Path folder;
    private final Database database;
    private final WriteQueue writes = new WriteQueue();
    private final SqlitePeerStore peers;
    private final SqliteGrantStore grants;
    private @Nullable StateLock lock;

    private StateFolder(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
        this.peers = new SqlitePeerStore(database, writes);
        this.grants = new SqliteGrantStore(database, writes);
    }

    /**
     * Opens the folder, or makes it where there is none.
     *
     * @throws StateException if it belongs to somebody else, others can write to it, it is damaged, or a newer version
     *     of this program made it
     */
    public static StateFolder open(Path folder) {
        try {
            Path real = PrivateFiles.folder(folder);
            Path file = real.resolve(DATABASE);
            PrivateFiles.file(file);
            PrivateFiles.fileIfPresent(real.resolve(IDENTITY));
            return new StateFolder(real, Database.open(file));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /** Where the state of this user on this machine belongs unless the user says otherwise. */
    public static Path defaultLocation() {
        return DefaultLocation.of(
                System.getProperty("os.name"), System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /** The folder, without links in its path. */
    public Path path() {
        return folder;
    }

    /** Where the identity is kept; whoever writes it holds {@link #lock()}. */
    public Path identityFile() {
        return folder.resolve(IDENTITY);
    }

    /**
     * Takes the identity for this process.
     *
     * @throws StateException if another one has it
     */
    public StateLock lock() {
        try {
            return StateLock.acquire(folder, folder.resolve(LOCK));
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    /**
     * Settings for a manager that remembers in this folder who it is, whom it knows and what the user decided. Takes the
     * identity for this process until the folder is closed.
     *
     * @param displayName what this device calls itself
     * @throws StateException if another process has the identity
     */
    public LP2PSettings.Builder settings(String displayName) {
        if (lock == null) {
            lock = lock();
        }
        return LP2PSettings.builder(displayName, identityFile(), peers, agentState())
                .grants(grants);
    }

    /** The devices that a person authenticated. */
    public PeerStore peers() {
        return peers;
    }

    /** What the user decided for always. */
    public GrantStore grants() {
        return grants;
    }

    /** What this device says of itself. */
    public AgentState agentState() {
        return new AgentState(database);
    }

    @Override
    public void close() {
        writes.close();
        database.close();
        if (lock != null) {
            lock.close();
        }
    }

    private static StateException unusable(Path folder, IOException e) {
        return new StateException(
                "Cannot use the folder " + folder + " (" + e + "). Make it writable, or choose another one.", e);
    }
}
