// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.jdbc.sql.Failures;
import io.gantry.jdbc.sql.Names;
import io.gantry.jdbc.sql.Session;
import io.gantry.jdbc.sql.TableColumn;
import java.sql.SQLException;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Gives staged columns that hold text in place of another type of PostgreSQL, such as json, the type that they stand for.
 * The database itself converts them. When it refuses a value, each is tried by itself, and those that cannot be converted
 * are rejected and left out.
 */
final class TextValues {

    private static final String HOLDS = "pg_temp.gantry_holds";

    private final Session session;
    private final Stage stage;
    private final List<TableColumn> columns;

    TextValues(Session session, Stage stage, List<TableColumn> columns) {
        this.session = session;
        this.stage = stage;
        this.columns = columns.stream().filter(TableColumn::isText).toList();
    }

    /**
     * Converts all rows of the stage. Ends the transaction.
     *
     * @param rule gives the number of the rule that a column's bad values break
     */
    void convert(ToIntFunction<TableColumn> rule) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        try {
            alter();
        } catch (SQLException e) {
            if (!Failures.blamesRows(e)) {
                throw e;
            }
            session.connection().rollback();
            for (TableColumn column : columns) {
                reject(column, rule.applyAsInt(column));
            }
            alter();
        }
        session.connection().commit();
    }

    private void alter() throws SQLException {
        Names names = session.names();
        String changes = columns.stream()
                .map(column -> {
                    String name = names.quote(column.name());
                    return "ALTER COLUMN " + name + " TYPE " + column.cast() + " USING CAST(" + name + " AS "
                            + column.cast() + ")";
                })
                .collect(Collectors.joining(", "));
        session.define("ALTER TABLE " + stage.table() + " " + changes);
    }

    private void reject(TableColumn column, int rule) throws SQLException {
        String name = session.names().quote(column.name());
        session.define(
                "CREATE OR REPLACE FUNCTION " + HOLDS + "(value text) RETURNS boolean LANGUAGE plpgsql AS $gantry$"
                        + " BEGIN PERFORM CAST(value AS " + column.cast() + "); RETURN true;"
                        + " EXCEPTION WHEN OTHERS THEN RETURN false; END $gantry$");
        String bad = name + " IS NOT NULL AND NOT " + HOLDS + "(" + name + ")";
        session.update("INSERT INTO " + stage.bad() + " (gantry_row, gantry_rule) SELECT " + stage.number() + ", "
                + rule + " FROM " + stage.table() + " WHERE " + stage.number() + " > 0 AND " + bad);
        session.update("UPDATE " + stage.table() + " SET " + name + " = NULL WHERE " + bad);
        stage.withdraw();
        session.define("DROP FUNCTION " + HOLDS + "(text)");
    }
}
