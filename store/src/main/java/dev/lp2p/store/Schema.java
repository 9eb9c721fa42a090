package dev.lp2p.store;

import dev.lp2p.osp.agent.StateToken;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The tables, and how a database comes to have them. Times are milliseconds since 1970. */
final class Schema {

    /** Stands in {@code PRAGMA user_version}; grows with every change of the tables. */
    static final int VERSION = 1;

    private static final String[] TABLES = {"""
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
        """};

    private Schema() {}

    /** Makes the tables in an empty database, in one transaction, and refuses tables that are newer than this program. */
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
                for (String table : TABLES) {
                    statement.execute(table);
                }
                insertAgent(connection);
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
