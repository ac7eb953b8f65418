// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.documents;

import io.gantry.jdbc.sql.Connections;
import io.gantry.jdbc.sql.Database;
import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.TableId;
import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.document.DocumentKind;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is found out about a database when a store of documents is opened there, after its tables were brought up to date.
 *
 * @param database for all further work
 * @param layout the tables
 */
public record DocumentOpening(DocumentDatabase database, DocumentLayout layout, DocumentTypes types, Names names) {

    private static final String DOING = "opening the store of documents";
    private static final int ATTEMPTS = 5;
    private static final int LOCK_SECONDS = 60;
    private static final int BUSY_MILLIS = 15_000;
    private static final long BUSY_PAUSE_NANOS = 1_000_000;
    private static final int SQLITE_BUSY = 5;

    /** Databases without a lock for this: one store of this process after the other. */
    private static final Object ONE_AT_A_TIME = new Object();

    public static DocumentOpening of(
            Connections connections, @Nullable String schema, String prefix, Collection<DocumentKind> kinds) {
        DocumentOpening opening;
        try {
            Connection connection = connections.take();
            try {
                opening = of(connection, connections, schema, prefix, kinds);
            } finally {
                connections.giveBack(connection);
            }
        } catch (SQLException e) {
            throw Failures.of(DOING, e);
        }
        opening.migrate(prefix);
        return opening;
    }

    private static DocumentOpening of(
            Connection connection,
            Connections connections,
            @Nullable String schema,
            String prefix,
            Collection<DocumentKind> kinds)
            throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        Database dialect = Database.of(metadata);
        Names names = Names.of(metadata);
        String collation = "";
        TableId facts;
        switch (dialect) {
            case POSTGRESQL -> {
                expect("UTF8", "server_encoding", text(connection, "SHOW server_encoding"));
                facts = new TableId(null, schema != null ? schema : connection.getSchema(), prefix);
            }
            case H2 -> facts = new TableId(null, schema != null ? schema : connection.getSchema(), prefix);
            case SQLITE -> {
                if (schema != null) {
                    throw unfit("SQLite has no schemas: leave out schema(\"" + schema + "\")");
                }
                expect("UTF-8", "encoding", text(connection, "PRAGMA encoding"));
                keepLogAhead(connection);
                facts = new TableId(null, null, prefix);
            }
            case MYSQL -> {
                boolean maria = text(connection, "SELECT VERSION()")
                        .toLowerCase(Locale.ROOT)
                        .contains("mariadb");
                collation = maria ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
                facts = new TableId(schema != null ? schema : connection.getCatalog(), null, prefix);
            }
            default ->
                throw unfit("Documents are kept in PostgreSQL, MariaDB, MySQL, H2 or SQLite, not in "
                        + metadata.getDatabaseProductName());
        }
        DocumentTypes types = new DocumentTypes(dialect, collation);
        DocumentDatabase database = new DocumentDatabase(connections, dialect);
        return new DocumentOpening(database, new DocumentLayout(facts, types, names, kinds), types, names);
    }

    private static void expect(String right, String setting, String found) {
        if (!found.equalsIgnoreCase(right)) {
            throw unfit("The database's " + setting + " is " + found + "; documents need " + right);
        }
    }

    private static ProviderException unfit(String message) {
        return new ProviderException("JDBC_STORE_UNFIT", FailureKind.DATA, message);
    }

    /** Lets SQLite write to a log first: readers and the writer are not in each other's way then. The file remembers it. */
    private static void keepLogAhead(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
        text(connection, "PRAGMA busy_timeout = " + BUSY_MILLIS);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
        while (!triedToKeepLogAhead(connection, deadline)) {
            LockSupport.parkNanos(BUSY_PAUSE_NANOS);
        }
        connection.setAutoCommit(autoCommit);
    }

    /**
     * Tries once. SQLite does not wait, whatever its time-out, where waiting could lock two connections that both switch to
     * the log: one of them is turned away at once, and finds the switch done when it looks again. A database in memory has
     * no log, and says so without an error.
     */
    private static boolean triedToKeepLogAhead(Connection connection, long deadline) throws SQLException {
        try {
            if (!text(connection, "PRAGMA journal_mode").equalsIgnoreCase("wal")) {
                text(connection, "PRAGMA journal_mode = WAL");
            }
            return true;
        } catch (SQLException e) {
            if (e.getErrorCode() != SQLITE_BUSY || System.nanoTime() > deadline) {
                throw e;
            }
            return false;
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    public DocumentTable table(DocumentKind kind) {
        return new DocumentTable(
                kind, names.quote(layout.table(kind)), attribute -> layout.indexName(kind, attribute), types, names);
    }

    /** Brings the tables up to date, however many do so at the same time. */
    private void migrate(String prefix) {
        for (int attempt = 1; ; attempt++) {
            try {
                if (!database.read(DOING, layout::isComplete)) {
                    migrateOnce(prefix);
                }
                return;
            } catch (ProviderException e) {
                boolean decided = e.kind() == FailureKind.DATA || e.kind() == FailureKind.DENIED;
                if (decided || attempt == ATTEMPTS) {
                    throw e;
                }
                // someone else may have made the same at the same time: then it is there now
            }
        }
    }

    private void migrateOnce(String prefix) {
        switch (database.dialect()) {
            case POSTGRESQL ->
                database.write(DOING, connection -> {
                    lock(connection, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", prefix);
                    layout.complete(connection);
                });
            case MYSQL ->
                database.write(DOING, connection -> {
                    lock(connection, "SELECT GET_LOCK(?, " + LOCK_SECONDS + ")", prefix);
                    try {
                        layout.complete(connection);
                    } finally {
                        lock(connection, "SELECT RELEASE_LOCK(?)", prefix);
                    }
                });
            case SQLITE -> {
                // a transaction that wrote first waits for the one before it; one that has read already would fail
                database.write(DOING, layout::makeFacts);
                database.write(DOING, connection -> {
                    layout.lock(connection);
                    layout.complete(connection);
                });
            }
            default -> {
                synchronized (ONE_AT_A_TIME) {
                    database.write(DOING, layout::complete);
                }
            }
        }
    }

    private static void lock(Connection connection, String sql, String prefix) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "gantry " + prefix);
            statement.execute();
        }
    }
}
