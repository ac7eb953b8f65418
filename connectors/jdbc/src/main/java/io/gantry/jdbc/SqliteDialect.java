// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** SQLite: one writer at a time, and values that follow the names people give to types. */
final class SqliteDialect extends Dialect {

    /** SQLite itself turns longer decimals into binary floating point. */
    static final int EXACT_DIGITS = 15;

    @Override
    boolean choosesIsolation() {
        return false;
    }

    /** Takes the writer's lock before any read. */
    @Override
    void lockTable(Session session, String table) throws SQLException {
        session.update("DELETE FROM " + table + " WHERE 1 = 0");
    }

    @Override
    void readTable(Session session, TableId table, Catalog catalog) throws SQLException {
        SqliteCatalog.read(session, table, catalog);
    }

    @Override
    boolean hasSchemas() {
        return false;
    }

    @Override
    long firstDay() {
        return LocalDate.of(0, 1, 1).toEpochDay();
    }

    @Override
    long lastDay() {
        return LocalDate.of(9999, 12, 31).toEpochDay();
    }

    @Override
    boolean refusesNul() {
        return true;
    }

    @Override
    boolean holdsInfinity() {
        return true;
    }

    @Override
    int exactDigits() {
        return EXACT_DIGITS;
    }

    @Override
    boolean exchangesText() {
        return true;
    }

    @Override
    boolean knowsUuid() {
        return false;
    }

    @Override
    String same(String left, String right) {
        return left + " IS " + right;
    }

    @Override
    String exactText(String value, TableColumn column) {
        return value + " COLLATE BINARY";
    }

    @Override
    String position(String part, String text, TableColumn column) {
        return "INSTR(" + exact(text, column) + ", " + exact(part, column) + ")";
    }

    @Override
    String createStage() {
        return "CREATE TEMPORARY TABLE ";
    }

    @Override
    boolean temporaryStage() {
        return true;
    }

    @Override
    String update(String target, String source, String on, List<String> columns, String where) {
        return "UPDATE " + target + " AS t SET " + set("", columns) + " FROM " + source + " s WHERE " + on + " AND "
                + where;
    }
}
