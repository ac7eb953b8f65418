// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.Cancellation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection for one piece of work, in transactions, which a cancellation can interrupt. Used by one thread; only
 * {@link #interrupt} comes from others.
 *
 * <p>The connection goes back to its pool as it came.
 */
public final class Session implements AutoCloseable {

    /** Work that may fail as the database does. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /** Takes one row of an answer. */
    @FunctionalInterface
    public interface Rows {
        void accept(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Cancellation cancellation;
    private final Cancellation.Registration registration;
    private final boolean autoCommit;
    private final int isolation;
    private final Dialect dialect;
    private final Names names;
    private @Nullable String setting;
    private volatile @Nullable Statement running;

    private Session(Connection connection, Cancellation cancellation) throws SQLException {
        this.connection = connection;
        this.cancellation = cancellation;
        autoCommit = connection.getAutoCommit();
        isolation = connection.getTransactionIsolation();
        dialect = Dialect.of(connection.getMetaData());
        names = Names.of(connection.getMetaData());
        setting = dialect.beginSession(connection);
        connection.setAutoCommit(false);
        registration = cancellation.onRequest(this::interrupt);
    }

    @SuppressWarnings("MustBeClosedChecker") // closed by close(), or here when it cannot begin
    public static Session open(DataSource dataSource, Cancellation cancellation) {
        try {
            Connection connection = dataSource.getConnection();
            try {
                return new Session(connection, cancellation);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw Failures.of("connecting", e);
        }
    }

    public Connection connection() {
        return connection;
    }

    public Dialect dialect() {
        return dialect;
    }

    public Names names() {
        return names;
    }

    /** Fails when a cancellation was requested. */
    public void proceed(String doing) {
        if (cancellation.requested()) {
            throw Failures.cancelled(doing);
        }
    }

    /** Does work, and tells its failure in the provider's words. */
    public <T extends @Nullable Object> T attempt(String doing, Work<T> work) {
        proceed(doing);
        try {
            return work.run();
        } catch (SQLException e) {
            throw failure(doing, e);
        }
    }

    public RuntimeException failure(String doing, SQLException e) {
        return cancellation.requested() ? Failures.cancelled(doing) : Failures.of(doing, e);
    }

    /** Begins a transaction in which what was read stays true until it is committed. */
    public void beginWriting(TableId table) throws SQLException {
        connection.rollback();
        if (connection.getTransactionIsolation() != dialect.isolation()) {
            connection.setTransactionIsolation(dialect.isolation());
        }
        dialect.lockTable(this, names.quote(table));
    }

    /** Begins a transaction that sees one instant and holds nobody up. */
    public void beginReading() throws SQLException {
        connection.rollback();
        if (dialect.choosesIsolation()
                && connection.getTransactionIsolation() != Connection.TRANSACTION_REPEATABLE_READ) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
    }

    /** Begins a transaction that sees all that is committed by now. */
    public void beginLooking() throws SQLException {
        connection.rollback();
        if (dialect.choosesIsolation()
                && connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
    }

    /** Takes back what was done in the transaction, where the connection is not broken. */
    public void undo() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The database has taken it back with the connection.
        }
    }

    /** The number of rows a statement changed. */
    public long update(String sql, Object... parameters) throws SQLException {
        if (cancellation.requested()) {
            throw new SQLException(
                    "Cancelled before the statement", "57014"); // an interruption may have met no statement
        }
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeLargeUpdate();
        } catch (UnsupportedOperationException e) {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                return statement.executeUpdate(); // SQLite's driver knows no large counts
            }
        } finally {
            running = null;
        }
    }

    /** Gives the rows of an answer one by one. */
    public void query(String sql, Rows rows, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet answer = statement.executeQuery()) {
            while (answer.next()) {
                rows.accept(answer);
            }
        } finally {
            running = null;
        }
    }

    /** The first column of the first row of an answer, 0 where there is none. */
    public long number(String sql, Object... parameters) throws SQLException {
        long[] number = new long[1];
        query(sql, row -> number[0] = row.getLong(1), parameters);
        return number[0];
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        running = statement;
        return statement;
    }

    /** Makes a statement the one that a cancellation ends. */
    public <S extends Statement> S watch(S statement) {
        running = statement;
        return statement;
    }

    /** Executes a statement that defines a table. */
    public void define(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Savepoint savepoint() throws SQLException {
        return connection.setSavepoint();
    }

    private void interrupt() {
        try {
            dialect.cancel(connection, running);
        } catch (SQLException e) {
            // It ended by itself meanwhile; if not, proceed() stops the work at its next step.
        }
    }

    @Override
    public void close() {
        registration.close();
        try (connection) {
            connection.rollback();
            if (connection.getTransactionIsolation() != isolation) {
                connection.setTransactionIsolation(isolation);
            }
            connection.setAutoCommit(autoCommit);
            if (setting != null) {
                dialect.endSession(connection, setting);
            }
        } catch (SQLException e) {
            // The connection is broken: there is nothing to put back, and the pool drops it.
        }
    }
}
