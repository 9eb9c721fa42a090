package dev.lp2p.store;

import dev.lp2p.osp.identity.Fingerprint;
import dev.lp2p.osp.peer.KnownPeer;
import dev.lp2p.osp.peer.PeerStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every call goes to the database, so that what another process forgot is a stranger here too. Times to the millisecond. */
final class SqlitePeerStore implements PeerStore {

    private static final String COLUMNS = "fingerprint, display_name, authenticated_at, last_seen_at";

    private final Database database;

    SqlitePeerStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<KnownPeer> find(Fingerprint fingerprint) {
        return database
                .list(
                        "SELECT " + COLUMNS + " FROM peer WHERE fingerprint = ?",
                        SqlitePeerStore::read,
                        fingerprint.value())
                .stream()
                .findFirst();
    }

    @Override
    public List<KnownPeer> list() {
        return database.list(
                "SELECT " + COLUMNS + " FROM peer ORDER BY last_seen_at DESC, fingerprint", SqlitePeerStore::read);
    }

    @Override
    public void put(KnownPeer peer) {
        database.update(
                "INSERT OR REPLACE INTO peer (" + COLUMNS + ") VALUES (?, ?, ?, ?)",
                peer.fingerprint().value(),
                peer.displayName(),
                peer.authenticatedAt().toEpochMilli(),
                peer.lastSeenAt().toEpochMilli());
    }

    @Override
    public boolean remove(Fingerprint fingerprint) {
        return database.update("DELETE FROM peer WHERE fingerprint = ?", fingerprint.value()) > 0;
    }

    private static KnownPeer read(ResultSet row) throws SQLException {
        return new KnownPeer(
                new Fingerprint(row.getString(1)),
                row.getString(2),
                Instant.ofEpochMilli(row.getLong(3)),
                Instant.ofEpochMilli(row.getLong(4)));
    }
}
