// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.document.DocumentStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;

/**
 * Two databases, one with documents and one with tables of rows, that are written to SQL and made of it.
 *
 * @param documents where the documents are
 * @param rows where the tables are
 * @param store one more store of the documents, not opened
 * @param tables makes tables of rows
 * @param postgres whether these are databases of PostgreSQL; else they are files of SQLite
 */
record GoldenStore(
        DataSource documents, DataSource rows, Supplier<DocumentStore> store, TestTables tables, boolean postgres) {

    private static final String DOCUMENTS_SQL = "documents.sql.gz";
    private static final String ROWS_SQL = "rows.sql.gz";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Databases without anything in them, of the kind that a folder of dumps is named after. */
    static GoldenStore empty(String kind, Path folder) {
        return switch (kind) {
            case "sqlite" -> sqlite(folder);
            case "postgresql" -> servers();
            default -> throw new IllegalArgumentException("No dump is of '" + kind + "'");
        };
    }

    private static GoldenStore sqlite(Path folder) {
        Path documents = folder.resolve("documents.db");
        DataSource rows = pool(folder.resolve("rows.db"));
        return new GoldenStore(
                pool(documents),
                rows,
                () -> JdbcDocuments.file(documents),
                new TestTables(rows, SqliteDatasetTest::type, ""),
                false);
    }

    private static DataSource pool(Path file) {
        return StoreSite.pool("jdbc:sqlite:" + file + "?journal_mode=WAL&busy_timeout=10000");
    }

    private static GoldenStore servers() {
        int number = NUMBERS.incrementAndGet();
        DataSource documents = pool(PostgresServer.url("golden_documents_" + number));
        DataSource rows = pool(PostgresServer.url("golden_rows_" + number));
        return new GoldenStore(
                documents,
                rows,
                () -> JdbcDocuments.in(documents),
                new TestTables(rows, PostgresDatasetTest::type, ""),
                true);
    }

    private static DataSource pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    /** Writes both databases to a folder. */
    void dump(Path folder) throws IOException {
        write(documents, folder.resolve(DOCUMENTS_SQL));
        write(rows, folder.resolve(ROWS_SQL));
    }

    private void write(DataSource source, Path file) throws IOException {
        GoldenSql sql = postgres ? GoldenSql.postgres(source) : GoldenSql.sqlite(source);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(sql.script().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Makes both databases of what is in a folder. */
    void restore(Path folder) throws IOException {
        GoldenSql.run(documents, read(folder.resolve(DOCUMENTS_SQL)));
        GoldenSql.run(rows, read(folder.resolve(ROWS_SQL)));
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    void close() {
        ((HikariDataSource) documents).close();
        ((HikariDataSource) rows).close();
    }
}
