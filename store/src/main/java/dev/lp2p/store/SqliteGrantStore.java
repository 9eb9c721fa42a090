package dev.lp2p.store;

import dev.lp2p.Grant;
import dev.lp2p.GrantStore;
import dev.lp2p.Origin;
import dev.lp2p.OriginRule;
import dev.lp2p.osp.identity.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every look goes to the database, so that what another process revoked holds no longer here too. A copy in memory would
 * not do: whether it still holds is asked of the database as well, which costs a third of a look or more ({@code
 * docs/concurrency.md}), or is found out later than at the next look. A grant lives no longer than its peer is known, by
 * the database itself. Times to the millisecond.
 */
final class SqliteGrantStore implements GrantStore {

    private static final String COLUMNS = "fingerprint, direction, origin, claimed, decision, granted_at, used_at";
    private static final String IS_KEY = " WHERE fingerprint = ? AND direction = ? AND origin = ? AND claimed = ?";

    /** Stands for a claimed origin that is not there; no origin is empty. */
    private static final String NONE = "";

    private final Database database;
    private final WriteQueue writes;

    /** Put, but not in the database yet, or not to be written there. */
    private final Map<Grant.Key, Grant> unwritten = new ConcurrentHashMap<>();

    /** When grants were used last, which is written as often as the disk allows: a peer may connect faster than that. */
    private final Map<Grant.Key, Instant> unwrittenUses = new ConcurrentHashMap<>();

    private final Map<Origin, OriginRule> unwrittenRules = new ConcurrentHashMap<>();

    SqliteGrantStore(Database database, WriteQueue writes) {
        this.database = database;
        this.writes = writes;
    }

    @Override
    public Optional<Grant> find(Grant.Key key) {
        // In this order, since what leaves the one is in the other already.
        return Optional.ofNullable(unwritten.get(key)).or(() -> stored(key));
    }

    @Override
    public List<Grant> list() {
        return writes.now(() -> database.list(
                "SELECT " + COLUMNS + " FROM peer_grant ORDER BY granted_at DESC, fingerprint, origin, claimed",
                SqliteGrantStore::read));
    }

    @Override
    public void put(Grant grant) {
        unwritten.put(grant.key(), grant);
        writes.later(() -> {
            // Not for a peer that was forgotten meanwhile.
            database.update(
                    "INSERT OR REPLACE INTO peer_grant (" + COLUMNS + ") SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
                            + " WHERE EXISTS (SELECT 1 FROM peer WHERE fingerprint = ?1)",
                    parameters(
                            grant.key(),
                            grant.decision().name(),
                            grant.grantedAt().toEpochMilli(),
                            grant.lastUsed().map(Instant::toEpochMilli).orElse(null)));
            unwritten.remove(grant.key(), grant);
        });
    }

    @Override
    public void used(Grant.Key key, Instant at) {
        if (unwrittenUses.put(key, at) == null) {
            writes.later(() -> writeUse(key));
        }
    }

    @Override
    public boolean remove(Grant.Key key) {
        return writes.now(() -> {
            boolean wasUnwritten = unwritten.remove(key) != null;
            return database.update("DELETE FROM peer_grant" + IS_KEY, parameters(key)) > 0 || wasUnwritten;
        });
    }

    @Override
    public void removeAll(Fingerprint peer) {
        writes.now(() -> {
            unwritten.keySet().removeIf(key -> key.peer().equals(peer));
            return database.update("DELETE FROM peer_grant WHERE fingerprint = ?", peer.value());
        });
    }

    @Override
    public Optional<OriginRule> rule(Origin origin) {
        return Optional.ofNullable(unwrittenRules.get(origin))
                .or(() -> database.find(
                        "SELECT rule FROM origin_rule WHERE origin = ?",
                        row -> OriginRule.valueOf(row.getString(1)),
                        origin.value()));
    }

    @Override
    public Map<Origin, OriginRule> rules() {
        return writes.now(() -> database
                .list(
                        "SELECT origin, rule FROM origin_rule",
                        row -> Map.entry(new Origin(row.getString(1)), OriginRule.valueOf(row.getString(2))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public void setRule(Origin origin, OriginRule rule) {
        unwrittenRules.put(origin, rule);
        writes.later(() -> {
            database.update(
                    "INSERT OR REPLACE INTO origin_rule (origin, rule) VALUES (?, ?)", origin.value(), rule.name());
            unwrittenRules.remove(origin, rule);
        });
    }

    @Override
    public boolean removeRule(Origin origin) {
        return writes.now(() -> {
            boolean wasUnwritten = unwrittenRules.remove(origin) != null;
            return database.update("DELETE FROM origin_rule WHERE origin = ?", origin.value()) > 0 || wasUnwritten;
        });
    }

    private void writeUse(Grant.Key key) {
        Instant at = unwrittenUses.remove(key);
        if (at != null) {
            database.update(
                    "UPDATE peer_grant SET used_at = ?5 WHERE fingerprint = ?1 AND direction = ?2 AND origin = ?3"
                            + " AND claimed = ?4",
                    parameters(key, at.toEpochMilli()));
        }
    }

    private Optional<Grant> stored(Grant.Key key) {
        return database.find(
                "SELECT " + COLUMNS + " FROM peer_grant" + IS_KEY, SqliteGrantStore::read, parameters(key));
    }

    private static @Nullable Object[] parameters(Grant.Key key, @Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(List.of(
                key.peer().value(),
                key.direction().name(),
                key.origin().value(),
                key.claimed().map(Origin::value).orElse(NONE)));
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }

    private static Grant read(ResultSet row) throws SQLException {
        String claimed = row.getString(4);
        long usedAt = row.getLong(7);
        Optional<Instant> lastUsed = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(usedAt));
        Grant.Key key = new Grant.Key(
                new Fingerprint(row.getString(1)),
                Grant.Direction.valueOf(row.getString(2)),
                new Origin(row.getString(3)),
                claimed.equals(NONE) ? Optional.empty() : Optional.of(new Origin(claimed)));
        return new Grant(
                key,
                Grant.Decision.valueOf(row.getString(5)),
                Grant.Lifetime.ALWAYS,
                Instant.ofEpochMilli(row.getLong(6)),
                lastUsed);
    }
}
