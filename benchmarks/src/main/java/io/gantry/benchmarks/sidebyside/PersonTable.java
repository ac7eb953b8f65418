// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** The table that all work is about, on a connection of its own. */
final class PersonTable implements AutoCloseable {

    static final String NAME = "person";

    static final String COLUMNS =
            "id, email, first_name, last_name, born, balance, status, phone, country, visits, joined, remark";

    /** Which rows are exported. */
    static final String EXPORTED = "status <> 'closed'";

    private static final String DEFINITION = """
            (id bigint %s, email varchar(254) NOT NULL, first_name varchar(100) NOT NULL,
             last_name varchar(100) NOT NULL, born date, balance numeric(12, 2), status varchar(20) NOT NULL,
             phone varchar(40), country varchar(2), visits bigint, joined timestamptz, remark varchar(2000))""";

    private final Connection connection;

    PersonTable(String url) throws SQLException {
        connection = DriverManager.getConnection(url);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes a table of a file's good rows, from which others are made; or finds it. */
    private String source(Entry entry, Path file) throws SQLException, IOException {
        String source = "source_" + entry.rows() + "_" + entry.badPercent();
        if (!exists(source)) {
            execute("CREATE UNLOGGED TABLE " + source + String.format(DEFINITION, "PRIMARY KEY"));
            copyIn(source, file);
            execute("DELETE FROM " + source + " WHERE email NOT LIKE '%@%'");
            execute("VACUUM ANALYZE " + source);
        }
        return source;
    }

    private boolean exists(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('" + table + "') IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Copies a file as it is. */
    private void copyIn(String table, Path file) throws SQLException, IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table + " FROM STDIN (FORMAT csv, HEADER)", reader);
        }
    }

    /**
     * Makes the table as it shall be before the work, and brings the server to rest.
     *
     * @return what the table holds
     */
    Fingerprint prepare(Entry entry, Path file) throws SQLException, IOException {
        String source = source(entry, file);
        for (String left : leftovers()) {
            execute("DROP TABLE " + left);
        }
        execute("DROP TABLE IF EXISTS " + NAME);
        execute("CREATE TABLE " + NAME + String.format(DEFINITION, "PRIMARY KEY"));
        switch (entry.work()) {
            case INSERT, IMPORT_XLSX -> {}
            case UPSERT ->
                execute("INSERT INTO " + NAME
                        + " SELECT id, email, first_name, last_name, born, balance + 1, status, phone, country, visits + 1,"
                        + " joined, remark FROM " + source);
            case EXPORT, EXPORT_XLSX -> execute("INSERT INTO " + NAME + " TABLE " + source);
        }
        execute("VACUUM ANALYZE " + NAME);
        execute("CHECKPOINT");
        return fingerprint(NAME, "true");
    }

    /** Tables that earlier work has left beside the table. */
    private List<String> leftovers() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT relname FROM pg_class WHERE relkind = 'r'"
                        + " AND (relname LIKE 'gantry\\_%' OR relname LIKE 'handwritten\\_%')")) {
            while (row.next()) {
                names.add('"' + row.getString(1) + '"');
            }
        }
        return names;
    }

    /** What the table, or the file written, shall hold after the work. */
    Fingerprint expected(Entry entry, Path file) throws SQLException, IOException {
        return fingerprint(source(entry, file), entry.work() == Work.EXPORT ? EXPORTED : "true");
    }

    Fingerprint fingerprint() throws SQLException {
        return fingerprint(NAME, "true");
    }

    private Fingerprint fingerprint(String table, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT COUNT(*),"
                        + " CAST(COALESCE(SUM(CAST(hashtextextended(CAST(t AS text), 0) AS numeric)), 0) AS text) FROM "
                        + table + " t WHERE " + condition)) {
            row.next();
            return new Fingerprint(row.getLong(1), row.getString(2));
        }
    }

    /** What a file that was written holds. */
    Fingerprint fingerprint(Path file) throws SQLException, IOException {
        execute("CREATE TEMPORARY TABLE written" + String.format(DEFINITION, ""));
        copyIn("written", file);
        Fingerprint fingerprint = fingerprint("written", "true");
        execute("DROP TABLE written");
        return fingerprint;
    }

    /** The server's version, and what of its settings matters most. */
    String serverVersion() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('server_version') || ', '"
                        + " || string_agg(name || '=' || current_setting(name), ', ' ORDER BY name)"
                        + " FROM pg_settings WHERE name IN ('autovacuum', 'fsync', 'max_wal_size', 'shared_buffers',"
                        + " 'synchronous_commit', 'wal_level', 'work_mem')")) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
