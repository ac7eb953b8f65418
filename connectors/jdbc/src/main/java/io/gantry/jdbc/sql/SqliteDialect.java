// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** SQLite: one writer at a time, and values that follow the names people give to types. */
public final class SqliteDialect extends Dialect {

    /** SQLite itself turns longer decimals into binary floating point. */
    public static final int EXACT_DIGITS = 15;

    @Override
    public boolean choosesIsolation() {
        return false;
    }

    /** Takes the writer's lock before any read. */
    @Override
    public void lockTable(Session session, String table) throws SQLException {
        session.update("DELETE FROM " + table + " WHERE 1 = 0");
    }

    @Override
    public void readTable(Session session, TableId table, Catalog catalog) throws SQLException {
        SqliteCatalog.read(session, table, catalog);
    }

    @Override
    public boolean hasSchemas() {
        return false;
    }

    @Override
    public long firstDay() {
        return LocalDate.of(0, 1, 1).toEpochDay();
    }

    @Override
    public long lastDay() {
        return LocalDate.of(9999, 12, 31).toEpochDay();
    }

    @Override
    public boolean refusesNul() {
        return true;
    }

    @Override
    public boolean holdsInfinity() {
        return true;
    }

    @Override
    public int exactDigits() {
        return EXACT_DIGITS;
    }

    @Override
    public boolean exchangesText() {
        return true;
    }

    @Override
    public boolean knowsUuid() {
        return false;
    }

    @Override
    public String same(String left, String right) {
        return left + " IS " + right;
    }

    @Override
    public String exactText(String value, TableColumn column) {
        return value + " COLLATE BINARY";
    }

    @Override
    public String position(String part, String text, TableColumn column) {
        return "INSTR(" + exact(text, column) + ", " + exact(part, column) + ")";
    }

    @Override
    public String createStage() {
        return "CREATE TEMPORARY TABLE ";
    }

    @Override
    public boolean temporaryStage() {
        return true;
    }

    @Override
    public String update(String target, String source, String on, List<String> columns, String where) {
        return "UPDATE " + target + " AS t SET " + set("", columns) + " FROM " + source + " s WHERE " + on + " AND "
                + where;
    }
}
