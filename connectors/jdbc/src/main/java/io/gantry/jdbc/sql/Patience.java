// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.SQLException;

/**
 * Bounds how long a session waits for the locks of others, and others for those of a session that is frozen. H2 and SQLite have bounds by themselves: the lock timeout and
 * the busy timeout of the connection.
 */
public final class Patience implements AutoCloseable {

    private static final int SECONDS = 3;

    private final Session session;
    private String before = "";

    private Patience(Session session) {
        this.session = session;
    }

    public static Patience begin(Session session) throws SQLException {
        Patience patience = new Patience(session);
        patience.before = session.dialect().limitWaits(session, SECONDS);
        return patience;
    }

    /** To be called at the begin of each transaction: PostgreSQL keeps the bound no longer. */
    public void renew() throws SQLException {
        session.dialect().limitWaitsOfTransaction(session, SECONDS);
    }

    @Override
    public void close() throws SQLException {
        if (!before.isEmpty()) {
            session.define(before);
        }
    }
}
