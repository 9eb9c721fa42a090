package dev.lp2p.store;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.peer.PeerStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every look goes to the database, so that what another process forgot is a stranger here too. An agent's loop does not
 * wait for what it writes; whoever lists or removes does. Times to the millisecond.
 */
final class SqlitePeerStore implements PeerStore {

    private static final String COLUMNS = "fingerprint, display_name, authenticated_at, last_seen_at";

    private final Database database;
    private final WriteQueue writes;

    /** Put, but not in the database yet, or not to be written there. */
    private final Map<Fingerprint, KnownPeer> unwritten = new ConcurrentHashMap<>();

    SqlitePeerStore(Database database, WriteQueue writes) {
        this.database = database;
        this.writes = writes;
    }

    @Override
    public Optional<KnownPeer> find(Fingerprint fingerprint) {
        // In this order, since what leaves the one is in the other already.
        return Optional.ofNullable(unwritten.get(fingerprint)).or(() -> stored(fingerprint));
    }

    @Override
    public List<KnownPeer> list() {
        return writes.now(() -> database.list(
                "SELECT " + COLUMNS + " FROM peer ORDER BY last_seen_at DESC, fingerprint", SqlitePeerStore::read));
    }

    @Override
    public void put(KnownPeer peer) {
        unwritten.put(peer.fingerprint(), peer);
        writes.later(() -> {
            // Not INSERT OR REPLACE, which removes the row first, and removing a peer removes its grants.
            database.update(
                    "INSERT INTO peer (" + COLUMNS + ") VALUES (?, ?, ?, ?) ON CONFLICT (fingerprint) DO UPDATE SET"
                            + " display_name = excluded.display_name, authenticated_at = excluded.authenticated_at,"
                            + " last_seen_at = excluded.last_seen_at",
                    peer.fingerprint().value(),
                    peer.displayName(),
                    peer.authenticatedAt().toEpochMilli(),
                    peer.lastSeenAt().toEpochMilli());
            unwritten.remove(peer.fingerprint(), peer);
        });
    }

    @Override
    public void seen(Fingerprint fingerprint, String displayName, Instant at) {
        writes.later(() -> database.update(
                "UPDATE peer SET display_name = ?, last_seen_at = ? WHERE fingerprint = ?",
                displayName,
                at.toEpochMilli(),
                fingerprint.value()));
    }

    @Override
    public boolean remove(Fingerprint fingerprint) {
        return writes.now(() -> {
            boolean wasUnwritten = unwritten.remove(fingerprint) != null;
            return database.update("DELETE FROM peer WHERE fingerprint = ?", fingerprint.value()) > 0 || wasUnwritten;
        });
    }

    private Optional<KnownPeer> stored(Fingerprint fingerprint) {
        return database.find(
                "SELECT " + COLUMNS + " FROM peer WHERE fingerprint = ?", SqlitePeerStore::read, fingerprint.value());
    }

    private static KnownPeer read(ResultSet row) throws SQLException {
        return new KnownPeer(
                new Fingerprint(row.getString(1)),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)));
    }
}
