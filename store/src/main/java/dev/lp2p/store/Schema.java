package dev.lp2p.store;

import dev.lp2p.osp.agent.StateToken;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** The tables, and how a database comes to have them. Times are milliseconds since 1970. */
final class Schema {

    /** What each version added; a database that has the ones before gets the rest. */
    private static final String[][] VERSIONS = {{"""
        CREATE TABLE peer (
            fingerprint TEXT PRIMARY KEY,
            display_name TEXT NOT NULL,
            authenticated_at INTEGER NOT NULL,
            last_seen_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
        """, """
        CREATE TABLE agent (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            state_token TEXT NOT NULL,
            metadata_version INTEGER NOT NULL,
            metadata TEXT,
            display_name TEXT
        ) STRICT
        """}, {"""
        CREATE TABLE peer_grant (
            fingerprint TEXT NOT NULL,
            direction TEXT NOT NULL,
            origin TEXT NOT NULL,
            claimed TEXT NOT NULL,
            decision TEXT NOT NULL,
            granted_at INTEGER NOT NULL,
            used_at INTEGER,
            PRIMARY KEY (fingerprint, direction, origin, claimed)
        ) STRICT, WITHOUT ROWID
        """, """
        CREATE TABLE origin_rule (
            origin TEXT PRIMARY KEY,
            rule TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """, """
        CREATE TRIGGER forget_grants AFTER DELETE ON peer
        BEGIN
            DELETE FROM peer_grant WHERE fingerprint = OLD.fingerprint;
        END
        """}};

    /** Stands in {@code PRAGMA user_version}; grows with every change of the tables. */
    private static final int VERSION = VERSIONS.length;

    private Schema() {}

    /** Makes the tables that are missing, in one transaction, and refuses tables that are newer than this program. */
    static void prepare(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // IMMEDIATE: of two processes that start at once, the second finds the tables.
            statement.execute("BEGIN IMMEDIATE");
            int version = version(statement);
            if (version > VERSION) {
                throw new StateException("A newer lp2p made " + file + " (version " + version + ", this one knows "
                        + VERSION + "). Update lp2p, or choose another folder with --state DIR.");
            }
            if (version < VERSION) {
                for (String[] additions : Arrays.copyOfRange(VERSIONS, version, VERSION)) {
                    for (String addition : additions) {
                        statement.execute(addition);
                    }
                }
                if (version == 0) {
                    insertAgent(connection);
                }
                statement.execute("PRAGMA user_version = " + VERSION);
            }
            statement.execute("COMMIT");
        }
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void insertAgent(Connection connection) throws SQLException {
        String insert = "INSERT INTO agent (id, state_token, metadata_version) VALUES (1, ?, 0)";
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            statement.setString(1, StateToken.random(new SecureRandom()));
            statement.executeUpdate();
        }
    }
}
