// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** The databases that Gantry knows by name. */
public enum Database {
    POSTGRESQL,
    H2,
    SQLITE,
    /** MySQL and MariaDB. */
    MYSQL,
    /** Any other. */
    OTHER;

    public static Database of(DatabaseMetaData metadata) throws SQLException {
        return switch (metadata.getDatabaseProductName().toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "h2" -> H2;
            case "sqlite" -> SQLITE;
            case "mysql", "mariadb" -> MYSQL;
            default -> OTHER;
        };
    }
}
