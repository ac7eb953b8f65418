// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.schema.FieldType;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Where databases differ in what they are asked in SQL. */
enum Dialect {
    POSTGRESQL,
    H2,
    SQLITE,
    /** MySQL and MariaDB. */
    MYSQL,
    /** Any other, taken to know standard SQL. */
    OTHER;

    static Dialect of(DatabaseMetaData metadata) throws SQLException {
        return switch (metadata.getDatabaseProductName().toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "h2" -> H2;
            case "sqlite" -> SQLITE;
            case "mysql", "mariadb" -> MYSQL;
            default -> OTHER;
        };
    }

    /** The condition that two values are the same, two nulls included. */
    String same(String left, String right) {
        return switch (this) {
            case POSTGRESQL, H2 -> left + " IS NOT DISTINCT FROM " + right;
            case SQLITE -> left + " IS " + right;
            case MYSQL -> left + " <=> " + right;
            case OTHER -> "(" + left + " = " + right + " OR (" + left + " IS NULL AND " + right + " IS NULL))";
        };
    }

    /** A value such that it equals another just when no character and no bit of them differs. */
    String exact(String value, TableColumn column) {
        if (column.type() == null) {
            return this == POSTGRESQL ? "CAST(" + value + " AS text)" : value;
        }
        if (column.type() != FieldType.STRING) {
            return value;
        }
        return switch (this) {
            case POSTGRESQL -> column.bytewise() ? value : "CAST(" + value + " AS text) COLLATE \"C\"";
            case SQLITE -> value + " COLLATE BINARY";
            case MYSQL -> "CAST(CONVERT(" + value + " USING utf8mb4) AS BINARY)";
            case H2 -> column.hasType("varchar_ignorecase") ? "CAST(" + value + " AS VARCHAR)" : value;
            case OTHER -> value;
        };
    }

    /** A value such that its order is that of code points, of bytes, or of numbers. */
    String ordered(String value, TableColumn column) {
        FieldType type = column.fieldType();
        if (this == POSTGRESQL && type == FieldType.STRING) {
            return "CAST(" + value + " AS text) COLLATE \"C\"";
        }
        if (this == H2 && type == FieldType.STRING) {
            return "STRINGTOUTF8(" + value + ")";
        }
        if (this == MYSQL && type == FieldType.UUID) {
            return "CAST(" + value + " AS CHAR(36))";
        }
        return exact(value, column);
    }

    /** What makes a staging table. It is private to the connection where the database can do that well. */
    String createStage() {
        return switch (this) {
            case POSTGRESQL, SQLITE -> "CREATE TEMPORARY TABLE ";
            case H2 -> "CREATE LOCAL TEMPORARY TABLE ";
            case MYSQL, OTHER -> "CREATE TABLE "; // MySQL cannot name a temporary table twice in one statement
        };
    }

    boolean temporaryStage() {
        return this == POSTGRESQL || this == SQLITE || this == H2;
    }

    /** A value of the type for counts and row numbers, from which a column is made. MariaDB looks at its size, too. */
    String someLong() {
        return this == MYSQL ? "CAST(9223372036854775807 AS SIGNED)" : "CAST(0 AS BIGINT)";
    }

    /** A value from which a column is made that takes nulls, even when the value is never null. */
    String nullable(String value) {
        return this == MYSQL ? "CASE WHEN 1 = 1 THEN " + value + " END" : value;
    }

    /** A type for short text in tables of the ledger. */
    String text(int length) {
        return switch (this) {
            case POSTGRESQL -> "text";
            case MYSQL -> "VARCHAR(" + length + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
            default -> "VARCHAR(" + length + ")";
        };
    }

    /** Whether references are checked row by row, so that the order within one statement matters. */
    boolean checksRowByRow() {
        return this == H2 || this == MYSQL || this == OTHER;
    }

    /**
     * Sets columns of a table from the rows of another.
     *
     * @param target the table, to be called {@code t} in conditions
     * @param source the other table or query, to be called {@code s}
     * @param on which rows belong together
     * @param columns quoted names, the same in both
     * @param where which pairs; not empty
     */
    String update(String target, String source, String on, List<String> columns, String where) {
        String set = String.join(
                ", ", columns.stream().map(column -> column + " = s." + column).toList());
        String qualified = String.join(
                ", ",
                columns.stream().map(column -> "t." + column + " = s." + column).toList());
        return switch (this) {
            case POSTGRESQL, SQLITE ->
                "UPDATE " + target + " AS t SET " + set + " FROM " + source + " s WHERE " + on + " AND " + where;
            case MYSQL ->
                "UPDATE " + target + " t JOIN " + source + " s ON " + on + " SET " + qualified + " WHERE " + where;
            case H2, OTHER ->
                "MERGE INTO " + target + " t USING " + source + " s ON (" + on + " AND " + where
                        + ") WHEN MATCHED THEN UPDATE SET " + set;
        };
    }

    /** What must be said for values to be put into an identity column. */
    String overriding() {
        return this == POSTGRESQL || this == H2 ? " OVERRIDING SYSTEM VALUE" : "";
    }

    /** An insert that answers with columns of the new rows. */
    String returning(String insert, String columns) {
        return this == H2
                ? "SELECT " + columns + " FROM FINAL TABLE (" + insert + ")"
                : insert + " RETURNING " + columns;
    }

    /** Whether {@link #returning} works. */
    boolean returns() {
        return this != OTHER;
    }

    /** Deletes rows of a table, which is given another name for the condition. */
    String delete(String table, String alias, String where) {
        return (this == MYSQL ? "DELETE " + alias + " FROM " + table + " " : "DELETE FROM " + table + " AS ") + alias
                + " WHERE " + where;
    }

    /**
     * The isolation under which what was checked is still true when it is written. PostgreSQL locks the table against
     * other writers instead, which never fails late.
     */
    int isolation() {
        return this == POSTGRESQL ? Connection.TRANSACTION_READ_COMMITTED : Connection.TRANSACTION_SERIALIZABLE;
    }
}
