// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.documents;

import io.gantry.jdbc.sql.Commit;
import io.gantry.jdbc.sql.Connections;
import io.gantry.jdbc.sql.Database;
import io.gantry.jdbc.sql.Failures;
import io.gantry.spi.ProviderException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes connections for short pieces of work, and gives them back as they came.
 *
 * <p>Reading is one statement in a transaction of its own, so it sees one instant. Writing is one transaction; where another
 * one was in its way and the database undid it, it is tried again a few times.
 */
public final class DocumentDatabase {

    /** Reads. */
    @FunctionalInterface
    public interface Reading<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Writes. */
    @FunctionalInterface
    public interface Writing {
        void run(Connection connection) throws SQLException;
    }

    private static final int ATTEMPTS = 8;
    private static final int SQLITE_WAIT = 15_000;

    /** A process that freezes in the midst of a commit must not keep what it has locked from all others for as long. */
    private static final String IDLE = "SET LOCAL idle_in_transaction_session_timeout = '5s'";

    private final Connections connections;
    private final Database dialect;

    /** SQLite has one writer at a time; those of this process wait here, in order, rather than look again and again. */
    private final ReentrantLock writer = new ReentrantLock(true);

    DocumentDatabase(Connections connections, Database dialect) {
        this.connections = connections;
        this.dialect = dialect;
    }

    /** Closes connections that are kept for further use. */
    public void close() {
        connections.close();
    }

    Database dialect() {
        return dialect;
    }

    public <T> T read(String doing, Reading<T> work) {
        Connection connection = connect(doing);
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (!autoCommit) {
                connection.rollback(); // lest it be in the midst of a transaction that sees an earlier instant
            }
            T result = work.run(connection);
            if (!autoCommit) {
                connection.rollback();
            }
            return result;
        } catch (SQLException e) {
            throw Failures.of(doing, e);
        } finally {
            connections.giveBack(connection);
        }
    }

    public void write(String doing, Writing work) {
        for (int attempt = 1; ; attempt++) {
            try {
                writeOnce(doing, work);
                return;
            } catch (ProviderException e) {
                if (!e.code().equals("JDBC_CONFLICT") || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void writeOnce(String doing, Writing work) {
        if (dialect == Database.SQLITE) {
            writer.lock();
            try {
                writeNow(doing, work);
            } finally {
                writer.unlock();
            }
        } else {
            writeNow(doing, work);
        }
    }

    private void writeNow(String doing, Writing work) {
        Connection connection = connect(doing);
        try {
            boolean autoCommit = connection.getAutoCommit();
            if (autoCommit) {
                connection.setAutoCommit(false);
            } else {
                connection.rollback();
            }
            try {
                if (dialect == Database.POSTGRESQL) {
                    run(connection, IDLE);
                }
                work.run(connection);
            } catch (SQLException | RuntimeException e) {
                rollback(connection, autoCommit);
                throw e;
            }
            commit(connection, doing, autoCommit);
        } catch (SQLException e) {
            throw Failures.of(doing, e);
        } finally {
            connections.giveBack(connection);
        }
    }

    private static void rollback(Connection connection, boolean autoCommit) {
        try {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // the connection is broken, and the database undoes what it did; why it broke is told already
        }
    }

    private static void commit(Connection connection, String doing, boolean autoCommit) {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (!Commit.answered(connection, e)) {
                throw Failures.lost(doing, e);
            }
            rollback(connection, autoCommit);
            throw Failures.of(doing, e);
        }
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException e) {
            // it is committed; the next to take the connection will find it broken
        }
    }

    private Connection connect(String doing) {
        try {
            Connection connection = connections.take();
            try {
                if (dialect == Database.SQLITE) {
                    run(connection, "PRAGMA busy_timeout = " + SQLITE_WAIT);
                }
                return connection;
            } catch (SQLException | RuntimeException e) {
                connections.giveBack(connection);
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of(doing, e);
        }
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
