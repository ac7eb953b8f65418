// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a session of MySQL or MariaDB keep values as they are: timestamps in UTC, no text cut to fit, 0 a value like any
 * other in a column that counts by itself.
 */
public final class MySqlSetting {

    private static final String BEGIN = "SET time_zone = '+00:00',"
            + " sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'";

    private MySqlSetting() {}

    /** Makes the setting, and gives what {@link #end} needs to take it back. */
    public static String begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String before;
            try (ResultSet row = statement.executeQuery("SELECT CONCAT(@@time_zone, '\n', @@sql_mode)")) {
                row.next();
                before = row.getString(1);
            }
            statement.execute(BEGIN);
            return before;
        }
    }

    public static void end(Connection connection, String before) throws SQLException {
        int line = before.indexOf('\n');
        try (PreparedStatement statement = connection.prepareStatement("SET time_zone = ?, sql_mode = ?")) {
            statement.setString(1, before.substring(0, line));
            statement.setString(2, before.substring(line + 1));
            statement.execute();
        }
    }
}
