// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Session;
import java.sql.SQLException;

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

    void show() throws SQLException {
        shown = session.dialect().show(session, name, attempt);
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
            session.dialect().hide(session, name, attempt);
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
            session.dialect().expel(session, name(dataset, run), attempt, SECONDS);
            session.connection().commit();
        } catch (SQLException e) {
            // It is not permitted, or takes long: the loads are shut out nevertheless, and end when they wake up.
            session.undo();
        }
    }
}
