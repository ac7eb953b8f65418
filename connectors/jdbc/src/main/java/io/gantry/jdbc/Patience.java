// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.sql.SQLException;

/**
 * Bounds how long a session waits for the locks of others, and others for those of a session that is frozen. H2 and SQLite have bounds by themselves: the lock timeout and
 * the busy timeout of the connection.
 */
final class Patience implements AutoCloseable {

    private static final int SECONDS = 3;

    private final Session session;
    private String before = "";

    private Patience(Session session) {
        this.session = session;
    }

    static Patience begin(Session session) throws SQLException {
        Patience patience = new Patience(session);
        if (session.dialect() == Dialect.MYSQL) {
            session.query(
                    "SELECT @@innodb_lock_wait_timeout, @@lock_wait_timeout",
                    row -> patience.before = setting(row.getLong(1), row.getLong(2)));
            session.define(setting(SECONDS, SECONDS));
        }
        return patience;
    }

    private static String setting(long row, long table) {
        return "SET innodb_lock_wait_timeout = " + row + ", lock_wait_timeout = " + table;
    }

    /** To be called at the begin of each transaction: PostgreSQL keeps the bound no longer. */
    void renew() throws SQLException {
        if (session.dialect() == Dialect.POSTGRESQL) {
            session.query(
                    "SELECT set_config('lock_timeout', ?, true),"
                            + " set_config('idle_in_transaction_session_timeout', ?, true)",
                    row -> {},
                    SECONDS + "s",
                    SECONDS + "s");
        }
    }

    @Override
    public void close() throws SQLException {
        if (!before.isEmpty()) {
            session.define(before);
        }
    }
}
