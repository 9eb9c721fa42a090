package dev.lp2p.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * One SQLite database, with a connection to look rows up and one for everything that takes long: in its WAL mode a reader
 * never waits for a writer, not even one in another process; writers wait for each other and for the disk.
 */
final class Database implements AutoCloseable {

    /** How long a writer waits for one in another process. */
    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private final Path file;
    private final Connection lookingUp;
    private final Connection writing;

    private Database(Path file, Connection lookingUp, Connection writing) {
        this.file = file;
        this.lookingUp = lookingUp;
        this.writing = writing;
    }

    /** Turns a row of a result into a value. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    static Database open(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        try {
            Connection writing = connect(file, config);
            try {
                requireWhole(writing, file);
                Schema.prepare(writing, file);
                return new Database(file, connect(file, config), writing);
            } catch (SQLException | RuntimeException e) {
                writing.close();
                throw e;
            }
        } catch (SQLException e) {
            throw failure(file, e);
        }
    }

    private static Connection connect(Path file, SQLiteConfig config) throws SQLException {
        // A URI, since the driver takes what follows a question mark in a bare path for parameters.
        return DriverManager.getConnection("jdbc:sqlite:" + file.toUri(), config.toProperties());
    }

    /** One row by its key, such as a loop looks up: waits for no writer, and for nobody who reads a table. */
    <T> Optional<T> find(String sql, RowReader<T> reader, Object... key) {
        return rows(lookingUp, sql, reader, key).stream().findFirst();
    }

    /** Every row of a table; waits for the writer of this process. */
    <T> List<T> list(String sql, RowReader<T> reader) {
        return rows(writing, sql, reader);
    }

    /**
     * Changes rows; on the disk when it returns.
     *
     * @return how many rows changed
     */
    int update(String sql, Object... parameters) {
        synchronized (writing) {
            try (PreparedStatement statement = prepare(writing, sql, parameters)) {
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw failure(file, e);
            }
        }
    }

    @Override
    public void close() {
        close(lookingUp);
        close(writing);
    }

    private void close(Connection connection) {
        synchronized (connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw failure(file, e);
            }
        }
    }

    private <T> List<T> rows(Connection connection, String sql, RowReader<T> reader, Object... parameters) {
        synchronized (connection) {
            try (PreparedStatement statement = prepare(connection, sql, parameters);
                    ResultSet rows = statement.executeQuery()) {
                List<T> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(reader.read(rows));
                }
                return values;
            } catch (SQLException e) {
                throw failure(file, e);
            }
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static void requireWhole(Connection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!row.next() || !"ok".equals(row.getString(1))) {
                throw damaged(file, null);
            }
        }
    }

    private static StateException failure(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        // Extended codes carry the primary one in their low byte.
        int primary = code.code & 0xff;
        if (primary == SQLiteErrorCode.SQLITE_NOTADB.code || primary == SQLiteErrorCode.SQLITE_CORRUPT.code) {
            return damaged(file, e);
        }
        return new StateException("Cannot read or write " + file + ": " + e.getMessage(), e);
    }

    private static StateException damaged(Path file, @Nullable SQLException e) {
        String message = file + " is damaged. Move it away to start anew: this device then forgets the peers that it"
                + " knows, and each needs a code again.";
        return e == null ? new StateException(message) : new StateException(message, e);
    }
}
