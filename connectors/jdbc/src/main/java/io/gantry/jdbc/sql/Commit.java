// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;

/** Commits, and tells a transaction that was not committed from one of which that cannot be said. */
public final class Commit {

    private static final int SECONDS = 5;

    private Commit() {}

    public static void run(Session session, String doing) {
        session.proceed(doing);
        try {
            session.connection().commit();
        } catch (SQLException e) {
            throw answered(session.connection(), e) ? Failures.of(doing, e) : Failures.unknown(doing, e);
        }
    }

    /** A database that is still there has answered no; one that is gone may have said yes before. */
    public static boolean answered(Connection connection, SQLException e) {
        try {
            return !Failures.state(e).startsWith("08") && !connection.isClosed() && connection.isValid(SECONDS);
        } catch (SQLException gone) {
            return false;
        }
    }
}
