// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.sql;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Explains from PostgreSQL's catalog what a row was refused for. */
final class PostgresRefusals {

    private static final String CONSTRAINT = """
            SELECT pg_get_constraintdef(c.oid), coalesce(y.typname, ''),
                   ARRAY(SELECT a.attname::text FROM pg_attribute a
                          WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) ORDER BY a.attnum)
              FROM pg_constraint c
              LEFT JOIN pg_type y ON y.oid = c.contypid AND c.contypid <> 0
             WHERE c.conname = ?
               AND (c.contypid <> 0 OR c.conrelid = CAST(? AS regclass) OR c.confrelid = CAST(? AS regclass)
                    OR c.conrelid IN (SELECT relid FROM pg_partition_tree(CAST(? AS regclass))))
             LIMIT 1""";

    private static final String INDEX = """
            SELECT regexp_replace(pg_get_indexdef(i.indexrelid), '^.* USING ', ''), '',
                   ARRAY(SELECT DISTINCT a.attname::text FROM pg_depend d
                           JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                          WHERE d.objid = i.indexrelid AND d.refobjid = i.indrelid AND d.refobjsubid > 0)
              FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
             WHERE x.relname = ?
               AND (i.indrelid = CAST(? AS regclass)
                    OR i.indrelid IN (SELECT relid FROM pg_partition_tree(CAST(? AS regclass))))
             LIMIT 1""";

    private PostgresRefusals() {}

    static Explanation explain(Session session, TableId table, Refusal refusal) throws SQLException {
        String name = session.names().quote(table);
        if (!refusal.text().isEmpty()) {
            return new Explanation("The database refuses the row: " + refusal.text(), List.of());
        }
        if (refusal.isRowSecurity()) {
            return new Explanation(
                    "The row-level security of " + table.fullName() + " does not let this user write the row",
                    List.of());
        }
        if (refusal.isWithoutPartition()) {
            List<String> key = new ArrayList<>();
            session.query("SELECT pg_get_partkeydef(CAST(? AS regclass))", row -> key.add(row.getString(1)), name);
            return new Explanation(
                    table.fullName() + " has no partition for the row; it is partitioned by " + key, List.of());
        }
        if (!refusal.constraint().isEmpty()) {
            return constraint(session, name, refusal.constraint());
        }
        if (!refusal.column().isEmpty()) {
            String rule =
                    refusal.state().equals("23502") ? " must have a value" : " has a value that the database refuses";
            return new Explanation("Column " + refusal.column() + rule, List.of(refusal.column()));
        }
        return new Explanation(words(refusal.state()), List.of());
    }

    private static String words(String state) {
        return switch (state) {
            case "44000" -> "The row would not be among those that the view shows";
            case "22001" -> "A value is longer than its column";
            case "22026" -> "A value has not the length of its column";
            case "22003", "22008" -> "A value is outside of what its column can hold";
            default -> "The database refuses the row (SQLSTATE " + state + ")";
        };
    }

    private static Explanation constraint(Session session, String table, String constraint) throws SQLException {
        List<Explanation> found = new ArrayList<>();
        session.query(
                CONSTRAINT,
                row -> found.add(explanation("the constraint " + constraint, row)),
                constraint,
                table,
                table,
                table);
        if (found.isEmpty()) {
            session.query(
                    INDEX,
                    row -> found.add(explanation("the unique index " + constraint, row)),
                    constraint,
                    table,
                    table);
        }
        return found.isEmpty()
                ? new Explanation("The row violates the constraint " + constraint, List.of())
                : found.get(0);
    }

    private static Explanation explanation(String rule, ResultSet row) throws SQLException {
        List<String> columns = new ArrayList<>();
        Array array = row.getArray(3);
        for (Object column : (Object[]) array.getArray()) {
            columns.add(String.valueOf(column));
        }
        String domain = row.getString(2).isEmpty() ? "" : " of the domain " + row.getString(2);
        return new Explanation("The row violates " + rule + domain + ": " + row.getString(1), columns);
    }
}
