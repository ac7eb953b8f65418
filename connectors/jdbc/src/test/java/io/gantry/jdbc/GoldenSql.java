// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * A database as plain SQL, a statement a line or more.
 *
 * <p>PostgreSQL knows the rows that a run wrote by the transaction that wrote them, and a copy of a database by SQL gives all
 * rows to other transactions. So the script writes the rows of each transaction in one of its own, keeps both numbers in the
 * table {@code golden_transaction}, and puts the new numbers into the ledgers: what it makes is as a copy of the server's files
 * would be.
 */
final class GoldenSql {

    private static final String END = ";\n";
    private static final String NUMBERS = "golden_transaction";

    private final DataSource source;
    private final List<String> script = new ArrayList<>();

    private GoldenSql(DataSource source) {
        this.source = source;
    }

    String script() {
        return script.stream().map(statement -> statement + END).collect(Collectors.joining());
    }

    /** Carries out a script. */
    static void run(DataSource source, String script) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : script.split(END, -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void add(String statement) {
        if (statement.contains(END)) {
            throw new IllegalStateException("A value looks like the end of a statement: " + statement);
        }
        script.add(statement);
    }

    /** The first column of an answer. */
    private List<String> strings(String query) {
        List<String> strings = new ArrayList<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
        return strings;
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static GoldenSql sqlite(DataSource source) {
        GoldenSql dump = new GoldenSql(source);
        dump.strings("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
                .forEach(dump::add);
        dump.add("BEGIN");
        for (String table : dump.strings("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
            List<String> columns = dump.strings("SELECT name FROM pragma_table_info(" + text(table) + ") ORDER BY cid");
            String values =
                    columns.stream().map(name -> "quote(" + quoted(name) + ")").collect(Collectors.joining("||','||"));
            dump.strings("SELECT " + values + " FROM " + quoted(table) + " ORDER BY 1")
                    .forEach(row -> dump.add("INSERT INTO " + quoted(table) + " VALUES (" + row + ")"));
        }
        dump.add("COMMIT");
        return dump;
    }

    static GoldenSql postgres(DataSource source) {
        GoldenSql dump = new GoldenSql(source);
        if (!dump.strings("SELECT 1 FROM pg_attrdef").isEmpty()) {
            throw new IllegalStateException("Defaults of columns are not written here");
        }
        dump.strings(
                        "SELECT 'CREATE TABLE ' || quote_ident(c.relname) || ' (' || string_agg(quote_ident(a.attname) || ' '"
                                + " || format_type(a.atttypid, a.atttypmod)"
                                + " || coalesce(' COLLATE ' || quote_ident(o.collname), '')"
                                + " || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum) || ')'"
                                + " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                                + " AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_collation o"
                                + " ON o.oid = a.attcollation AND a.attcollation <> t.typcollation"
                                + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
                                + " GROUP BY c.relname ORDER BY c.relname")
                .forEach(dump::add);
        dump.strings("SELECT 'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' '"
                        + " || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
                        + " AND contype IN ('p', 'u') ORDER BY conrelid::regclass::text, conname")
                .forEach(dump::add);
        dump.strings("SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
                        + " WHERE c.relnamespace = 'public'::regnamespace AND NOT EXISTS"
                        + " (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid) ORDER BY c.relname")
                .forEach(dump::add);
        List<String> tables = dump.strings(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                        + " ORDER BY relname");
        if (tables.contains("gantry_run")) {
            dump.rowsByTransaction(tables);
        } else {
            tables.forEach(table -> dump.rows(table, ""));
        }
        return dump;
    }

    /** Writes the rows of a table, in order of their text. */
    private void rows(String table, String where) {
        List<String> columns = strings("SELECT attname FROM pg_attribute WHERE attrelid = " + text(quoted(table))
                + "::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
        String values = columns.stream().map(GoldenSql::literal).collect(Collectors.joining(" || ', ' || "));
        strings("SELECT " + values + " FROM " + quoted(table) + " t" + where + " ORDER BY 1")
                .forEach(row -> add("INSERT INTO " + quoted(table) + " VALUES (" + row + ")"));
    }

    private static String literal(String column) {
        String plain = "quote_nullable(t." + quoted(column) + "::text)";
        String number = "'(SELECT now FROM " + NUMBERS + " WHERE before = ' || t." + quoted(column) + "::text || ')'";
        String known = "CASE WHEN coalesce(t." + quoted(column) + "::text, '0') = '0' THEN " + plain + " ELSE ";
        return switch (column) {
            case "txid" -> known + number + " END";
            case "gantry_version" -> known + "'CAST(CAST(' || " + number + " || ' AS text) AS xid)' END";
            default -> plain;
        };
    }

    private void rowsByTransaction(List<String> tables) {
        List<String> ledgers =
                tables.stream().filter(name -> name.startsWith("gantry_")).toList();
        List<String> datasets = new ArrayList<>(tables);
        datasets.removeAll(ledgers);
        TreeSet<Long> transactions = new TreeSet<>();
        datasets.forEach(table -> strings("SELECT xmin::text FROM " + quoted(table))
                .forEach(number -> transactions.add(Long.valueOf(number))));
        strings("SELECT txid::text FROM gantry_run WHERE txid > 0")
                .forEach(number -> transactions.add(Long.valueOf(number)));
        ledgers.stream()
                .filter(name -> name.startsWith("gantry_undo_"))
                .forEach(table -> strings("SELECT gantry_version::text FROM " + quoted(table)
                                + " WHERE gantry_version IS NOT NULL AND gantry_version <> '0'::xid")
                        .forEach(number -> transactions.add(Long.valueOf(number))));
        add("CREATE TABLE " + NUMBERS + " (before bigint PRIMARY KEY, now bigint NOT NULL)");
        for (Long number : transactions) {
            add("BEGIN");
            add("INSERT INTO " + NUMBERS + " VALUES (" + number + ", txid_current())");
            datasets.forEach(table -> rows(table, " WHERE t.xmin = '" + number + "'::xid"));
            add("COMMIT");
        }
        ledgers.forEach(table -> rows(table, ""));
        add("DROP TABLE " + NUMBERS);
    }
}
