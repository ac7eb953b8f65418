// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Where connections come from and go back to. Safe for use by several threads. */
public interface Connections {

    /** Takes a connection, which must be given back. */
    Connection take() throws SQLException;

    /** Gives a connection back, broken or not. Never fails: what was done with it is done. */
    void giveBack(Connection connection);

    /** Closes connections that are kept here; those that are given back later are closed then. */
    void close();

    /** Connections of an application's own source, which stays open. */
    static Connections of(DataSource dataSource) {
        return new Connections() {
            @Override
            public Connection take() throws SQLException {
                return dataSource.getConnection();
            }

            @Override
            public void giveBack(Connection connection) {
                closeQuietly(connection);
            }

            @Override
            public void close() {
                // the source is its owner's
            }
        };
    }

    static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // a broken connection: a pool drops it
        }
    }
}
