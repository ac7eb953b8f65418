// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableId;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Shows that a staging table which others can see is in use: by a lock by name, which MySQL and MariaDB give up with the
 * connection. So a staging table without its lock was left by a process that is no more, be it by a preview or by a run that was
 * not tried again, and whoever stages rows in the same place next drops it. Where there are no such locks, nothing is dropped
 * that way.
 */
final class StageClaim implements AutoCloseable {

    static final String ROWS = "gantry_stage_";
    static final String REJECTED = "gantry_bad_";

    /** How long to wait for a connection that staged rows under the same name, and is about to be gone. */
    private static final int SECONDS = 3;

    private static final String LEFT = "SELECT table_name FROM information_schema.tables WHERE table_schema = ?"
            + " AND table_name REGEXP '^gantry_(stage|bad)_.*_[0-9a-f]{12}$'";

    private final Session session;
    private final String lock;
    private boolean held;

    /** Prepares to claim a table, whose name begins with {@link #ROWS}; nothing is done yet. */
    StageClaim(Session session, TableId table) {
        this.session = session;
        this.lock = lock(table);
    }

    private static String lock(TableId table) {
        return "gantry_stage:" + Ledger.hash(table.fullName().toLowerCase(Locale.ROOT));
    }

    /** Claims the table, before it is made. Commits. */
    void take() throws SQLException {
        if (session.dialect().claimsStages()) {
            held = session.number("SELECT GET_LOCK(?, ?)", lock, SECONDS) == 1;
            session.connection().commit();
        }
    }

    /** Gives the table up, once it is dropped. */
    @Override
    public void close() {
        if (held) {
            held = false;
            try {
                session.number("SELECT RELEASE_LOCK(?)", lock);
                session.connection().commit();
            } catch (SQLException e) {
                // The connection is broken: the lock goes with it.
            }
        }
    }

    /** Drops the staging tables of a place that nobody claims. The session must hold no claim. Ends the transaction. */
    static void sweep(Session session, TableId place) {
        String catalog = place.catalog();
        if (!session.dialect().claimsStages() || catalog == null) {
            return;
        }
        Set<String> names = new TreeSet<>();
        try {
            session.query(LEFT, row -> names.add(row.getString(1).replaceFirst(REJECTED, ROWS)), catalog);
            if (!names.isEmpty()) {
                long patience = session.number("SELECT @@SESSION.lock_wait_timeout");
                session.define("SET SESSION lock_wait_timeout = " + SECONDS); // else a day, for a table in use
                try {
                    for (String name : names) {
                        sweep(session, place, name);
                    }
                } finally {
                    session.define("SET SESSION lock_wait_timeout = " + patience);
                }
            }
            session.connection().commit();
        } catch (SQLException e) {
            session.undo(); // it is not permitted, say: that keeps nobody from loading
        }
    }

    private static void sweep(Session session, TableId place, String name) throws SQLException {
        String lock = lock(place.sibling(name));
        if (session.number("SELECT GET_LOCK(?, 0)", lock) != 1) {
            return;
        }
        try {
            for (String table : Set.of(name, name.replaceFirst(ROWS, REJECTED))) {
                session.define("DROP TABLE IF EXISTS " + session.names().quote(place.sibling(table)));
            }
        } finally {
            session.number("SELECT RELEASE_LOCK(?)", lock);
        }
    }
}
