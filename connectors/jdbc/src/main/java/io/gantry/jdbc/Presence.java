// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a load or a rollback shows of itself while it has a connection, so that others can end that connection when the load's process is
 * frozen: a lock by name that hinders nobody, which the database itself gives up with the connection. Databases without such
 * locks show nothing.
 *
 * <p>Nothing rests on it but speed: a load that cannot be ended is kept out by {@link Fence} all the same.
 */
final class Presence implements AutoCloseable {

    /** How long to wait for a connection that was ended to be gone. */
    private static final int SECONDS = 3;

    private final Session session;
    private final String name;
    private final int attempt;
    private boolean shown;

    /** Prepares to show a load to a table; {@code dataset} is the table's full name. */
    Presence(Session session, String dataset, String run, int attempt) {
        this.session = session;
        this.name = name(dataset, run);
        this.attempt = attempt;
    }

    private static String name(String dataset, String run) {
        return Ledger.hash(dataset + '\0' + run);
    }

    /** PostgreSQL names such locks by two numbers. */
    private static int number(String name) {
        return Integer.parseUnsignedInt(name.substring(0, 8), 16) >>> 1;
    }

    private static String numbered(String name, int attempt) {
        return "gantry:" + name + ":" + attempt;
    }

    void show() throws SQLException {
        switch (session.dialect()) {
            case POSTGRESQL -> session.query("SELECT pg_advisory_lock_shared(?, ?)", row -> {}, number(name), attempt);
            case MYSQL -> session.number("SELECT GET_LOCK(?, 0)", numbered(name, attempt));
            default -> {
                return;
            }
        }
        shown = true;
    }

    boolean isShown() {
        return shown;
    }

    /** Shows it no longer; what becomes of the present transaction makes no difference to that. */
    @Override
    public void close() {
        if (!shown) {
            return;
        }
        shown = false;
        session.undo(); // a transaction that has failed would not take the statement, and keep the lock
        try {
            if (session.dialect() == Dialect.POSTGRESQL) {
                session.query("SELECT pg_advisory_unlock_shared(?, ?)", row -> {}, number(name), attempt);
            } else {
                session.number("SELECT RELEASE_LOCK(?)", numbered(name, attempt));
            }
        } catch (SQLException e) {
            // The connection is broken: the lock goes with it.
        }
    }

    /**
     * Ends the connections of all loads of a run that were begun with a smaller attempt, as far as the database permits it,
     * and waits until they are gone with all they held.
     */
    static void expel(Session session, String dataset, String run, int attempt) {
        try {
            switch (session.dialect()) {
                case POSTGRESQL -> expelFromPostgres(session, name(dataset, run), attempt);
                case MYSQL -> expelFromMySql(session, name(dataset, run), attempt);
                default -> {}
            }
            session.connection().commit();
        } catch (SQLException e) {
            // It is not permitted, or takes long: the loads are shut out nevertheless, and end when they wake up.
            session.undo();
        }
    }

    private static void expelFromPostgres(Session session, String name, int attempt) throws SQLException {
        List<Integer> ended = new ArrayList<>();
        session.query("""
                SELECT DISTINCT CAST(CAST(objid AS bigint) AS integer), pg_terminate_backend(pid)
                  FROM pg_locks
                 WHERE locktype = 'advisory' AND objsubid = 2 AND granted
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                   AND CAST(classid AS bigint) = ? AND CAST(objid AS bigint) < ?""", row -> ended.add(row.getInt(1)), (long) number(name), (long) attempt);
        if (!ended.isEmpty()) {
            session.query("SELECT set_config('lock_timeout', ?, true)", row -> {}, SECONDS + "s");
        }
        for (int one : ended) {
            session.query("SELECT pg_advisory_xact_lock(?, ?)", row -> {}, number(name), one);
        }
    }

    private static void expelFromMySql(Session session, String name, int attempt) throws SQLException {
        for (int one = 1; one < attempt; one++) {
            String lock = numbered(name, one);
            long connection = session.number("SELECT IS_USED_LOCK(?)", lock);
            if (connection != 0) {
                session.define("KILL " + connection);
                session.number("SELECT GET_LOCK(?, ?)", lock, SECONDS);
                session.number("SELECT RELEASE_LOCK(?)", lock);
            }
        }
    }
}
