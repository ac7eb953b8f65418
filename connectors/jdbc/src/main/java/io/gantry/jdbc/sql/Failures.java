// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a driver throws into failures with stable codes.
 *
 * <p>A driver's messages may hold cell values ("Key (email)=(…) already exists") or parts of the connection's address, so
 * they are never passed on: the state and the vendor's code say what a DBA needs to look it up.
 */
public final class Failures {

    public static final String CANCELLED = "CANCELLED";

    /** PostgreSQL has ended a session that held a transaction open and was silent. */
    private static final String IDLE_TOO_LONG = "25P03";

    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_READ_ONLY = 8;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANNOT_OPEN = 14;
    private static final int SQLITE_NO_DATABASE = 26;
    private static final int SQLITE_LOCKED = 6;
    private static final int SQLITE_INTERRUPT = 9;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int MYSQL_LOCK_TIMEOUT = 1205;

    /** H2: in use by another process, closed, closing, broken; MariaDB: the connection was killed. */
    private static final Set<String> AWAY = Set.of("90020", "90098", "90121", "90067", "70100");

    private Failures() {}

    /** Whether rows that break a rule of the database are the reason, so that other rows might do. */
    public static boolean blamesRows(SQLException e) {
        String state = state(e);
        return state.startsWith("23")
                || state.startsWith("22")
                || state.startsWith("44")
                || state.equals("21000")
                || Refusal.isRowSecurity(e)
                || state.equals("P0001")
                || state.equals("45000") // raised by a trigger of MySQL
                || (state.isEmpty() && (e.getErrorCode() & 0xff) == SQLITE_CONSTRAINT);
    }

    public static ProviderException of(String doing, SQLException e) {
        String state = state(e);
        int vendor = e.getErrorCode() & 0xff;
        // a pool that has dropped a broken connection says so without a state or a code
        boolean dropped = state.isEmpty() && e.getErrorCode() == 0;
        if (state.startsWith("08") || state.equals(IDLE_TOO_LONG) || dropped) {
            return failure("JDBC_CONNECTION_FAILED", FailureKind.TRANSIENT, doing, "the connection failed", e);
        }
        if (state.equals("57014") || state.equals("HY008") || (state.isEmpty() && vendor == SQLITE_INTERRUPT)) {
            return failure("JDBC_STATEMENT_CANCELLED", FailureKind.TRANSIENT, doing, "the statement was cancelled", e);
        }
        if (state.equals("40001")
                || state.equals("40P01")
                || state.equals("55P03")
                || state.equals("HYT00")
                || (state.equals("HY000") && e.getErrorCode() == MYSQL_LOCK_TIMEOUT)
                || state.equals("90131") // H2: changed by another transaction since
                || (state.isEmpty() && (vendor == SQLITE_BUSY || vendor == SQLITE_LOCKED))) {
            return failure(
                    "JDBC_CONFLICT",
                    FailureKind.TRANSIENT,
                    doing,
                    "another transaction is at work on the same rows",
                    e);
        }
        if (state.isEmpty() && vendor == SQLITE_FULL || state.equals("53100")) {
            return failure("STORAGE_FULL", FailureKind.TRANSIENT, doing, "the disk of the database is full", e);
        }
        if (state.isEmpty() && (vendor == SQLITE_CORRUPT || vendor == SQLITE_NO_DATABASE)) {
            return failure("STORAGE_CORRUPT", FailureKind.DATA, doing, "the file is damaged, or is no database", e);
        }
        if (state.isEmpty() && vendor == SQLITE_CANNOT_OPEN) {
            return failure("JDBC_UNAVAILABLE", FailureKind.TRANSIENT, doing, "the file cannot be opened", e);
        }
        if (state.isEmpty() && vendor == SQLITE_READ_ONLY) {
            return failure("JDBC_READ_ONLY", FailureKind.TRANSIENT, doing, "the database takes no changes now", e);
        }
        if (state.startsWith("57P")
                || state.startsWith("53")
                || AWAY.contains(state)
                || e instanceof SQLTransientException) {
            return failure("JDBC_UNAVAILABLE", FailureKind.TRANSIENT, doing, "the database is not available", e);
        }
        if (state.equals("25006") || state.equals("90097")) {
            return failure("JDBC_READ_ONLY", FailureKind.TRANSIENT, doing, "the database takes no changes now", e);
        }
        if (state.equals("42501")) {
            return failure("JDBC_NOT_PERMITTED", FailureKind.DENIED, doing, String.valueOf(text(e)), e);
        }
        if (state.startsWith("28") || state.equals("42501") || state.equals("90096")) {
            return failure("JDBC_NOT_PERMITTED", FailureKind.DENIED, doing, "the database does not permit it", e);
        }
        if (blamesRows(e)) {
            return failure("JDBC_ROWS_REFUSED", FailureKind.DATA, doing, "the database refused a value or a row", e);
        }
        return failure("JDBC_FAILED", FailureKind.INTERNAL, doing, "the database reported an error", e);
    }

    public static ProviderException unknown(String doing, SQLException e) {
        return failure(
                "JDBC_OUTCOME_UNKNOWN",
                FailureKind.UNKNOWN_OUTCOME,
                doing,
                "the connection failed while the transaction was committed: ask the dataset whether the run is applied",
                e);
    }

    /** The connection was lost while documents were committed. */
    public static ProviderException lost(String doing, SQLException e) {
        return failure(
                "JDBC_OUTCOME_UNKNOWN",
                FailureKind.UNKNOWN_OUTCOME,
                doing,
                "the connection failed while the transaction was committed: look at the documents to find out whether it was",
                e);
    }

    public static ProviderException cancelled(String doing) {
        return new ProviderException(
                CANCELLED, FailureKind.TRANSIENT, "Cancelled while " + doing + "; the dataset is unchanged");
    }

    public static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private static ProviderException failure(
            String code, FailureKind kind, String doing, String reason, SQLException e) {
        String states = state(e).isEmpty() ? "" : "SQLSTATE " + state(e) + ", ";
        String codes = states.isEmpty() && e.getErrorCode() == 0
                ? " (the driver or the pool gives no code)"
                : " (" + states + "vendor code " + e.getErrorCode() + ")";
        String message = "While " + doing + ", " + reason + codes;
        return new ProviderException(
                code, kind, message, Map.of("sqlState", state(e), "vendorCode", e.getErrorCode()), silent(e));
    }

    /** The exception without its message, for its stack trace. */
    private static SQLException silent(SQLException e) {
        SQLException silent = new SQLException(text(e), state(e), e.getErrorCode());
        silent.setStackTrace(e.getStackTrace());
        return silent;
    }

    /** Errors of class 42 are about names and rights: their messages hold no values. */
    private static @Nullable String text(SQLException e) {
        return state(e).startsWith("42") ? e.getMessage() : e.getClass().getSimpleName();
    }
}
