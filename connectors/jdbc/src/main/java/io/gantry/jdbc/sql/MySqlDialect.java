// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import io.gantry.spi.schema.FieldType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** MySQL and MariaDB. */
public final class MySqlDialect extends Dialect {

    @Override
    @Nullable
    public String beginSession(Connection connection) throws SQLException {
        return MySqlSetting.begin(connection);
    }

    @Override
    public void endSession(Connection connection, String before) throws SQLException {
        MySqlSetting.end(connection, before);
    }

    @Override
    public String limitWaits(Session session, int seconds) throws SQLException {
        String[] before = new String[1];
        session.query(
                "SELECT @@innodb_lock_wait_timeout, @@lock_wait_timeout",
                row -> before[0] = waits(row.getLong(1), row.getLong(2)));
        session.define(waits(seconds, seconds));
        return before[0];
    }

    private static String waits(long row, long table) {
        return "SET innodb_lock_wait_timeout = " + row + ", lock_wait_timeout = " + table;
    }

    @Override
    public boolean show(Session session, String name, int attempt) throws SQLException {
        session.number("SELECT GET_LOCK(?, 0)", numbered(name, attempt));
        return true;
    }

    @Override
    public void hide(Session session, String name, int attempt) throws SQLException {
        session.number("SELECT RELEASE_LOCK(?)", numbered(name, attempt));
    }

    @Override
    public void expel(Session session, String name, int attempt, int seconds) throws SQLException {
        for (int one = 1; one < attempt; one++) {
            String lock = numbered(name, one);
            long connection = session.number("SELECT IS_USED_LOCK(?)", lock);
            if (connection != 0) {
                session.define("KILL " + connection);
                session.number("SELECT GET_LOCK(?, ?)", lock, seconds);
                session.number("SELECT RELEASE_LOCK(?)", lock);
            }
        }
    }

    private static String numbered(String name, int attempt) {
        return "gantry:" + name + ":" + attempt;
    }

    @Override
    public boolean claimsStages() {
        return true;
    }

    @Override
    public boolean schemasAreCatalogs() {
        return true;
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
    public boolean knowsUuid() {
        return false;
    }

    @Override
    public String same(String left, String right) {
        return left + " <=> " + right;
    }

    @Override
    public String exactText(String value, TableColumn column) {
        return "CAST(CONVERT(" + value + " USING utf8mb4) AS BINARY)";
    }

    @Override
    public String ordered(String value, TableColumn column) {
        return column.fieldType() == FieldType.UUID ? "CAST(" + value + " AS CHAR(36))" : exact(value, column);
    }

    @Override
    public boolean exactHidesIndex(TableColumn column) {
        return column.type() == FieldType.STRING;
    }

    @Override
    public String position(String part, String text, TableColumn column) {
        return "LOCATE(" + exact(part, column) + ", " + exact(text, column) + ")";
    }

    /** MariaDB looks at the size of the value, too. */
    @Override
    public String someLong() {
        return "CAST(9223372036854775807 AS SIGNED)";
    }

    @Override
    public String nullable(String value) {
        return "CASE WHEN 1 = 1 THEN " + value + " END";
    }

    @Override
    public String text(int length) {
        return "VARCHAR(" + length + ") CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    @Override
    public boolean checksRowByRow() {
        return true;
    }

    @Override
    public boolean keepsRowsThatReferToThemselves() {
        return true;
    }

    @Override
    public String update(String target, String source, String on, List<String> columns, String where) {
        return "UPDATE " + target + " t JOIN " + source + " s ON " + on + " SET " + set("t.", columns) + " WHERE "
                + where;
    }

    @Override
    public String delete(String table, String alias, String where) {
        return "DELETE " + alias + " FROM " + table + " " + alias + " WHERE " + where;
    }
}
