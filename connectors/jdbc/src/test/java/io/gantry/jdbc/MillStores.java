// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.Gantry;
import io.gantry.local.LocalFileStore;
import io.gantry.local.LocalRunEngine;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.testkit.crash.CrashKit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stores of a mill, opened by one process: two tables for each tenant, documents, and a folder of files.
 *
 * @param datasets those of each tenant
 */
record MillStores(HikariDataSource rows, DocumentStore documents, Path folder, Map<String, List<Dataset>> datasets)
        implements AutoCloseable {

    private static final int SLOTS = 4;

    /** Makes the tables. */
    static void make(String url) {
        try (HikariDataSource rows = pool(url)) {
            TestTables tables = tables(url, rows);
            for (String tenant : MillWork.TENANTS) {
                for (String dataset : MillWork.DATASETS) {
                    tables.create(table(tenant, dataset), CrashKit.SCHEMA);
                }
            }
        }
    }

    static MillStores open(String url, Path folder) {
        HikariDataSource rows = pool(url);
        JdbcDatasets tables = JdbcDatasets.of(rows);
        Map<String, List<Dataset>> datasets = new HashMap<>();
        for (String tenant : MillWork.TENANTS) {
            datasets.put(
                    tenant,
                    MillWork.DATASETS.stream()
                            .<Dataset>map(name -> tables.table(table(tenant, name))
                                    .named(name)
                                    .open())
                            .toList());
        }
        boolean oneWriter = url.startsWith("jdbc:sqlite:");
        DocumentStore documents =
                oneWriter ? JdbcDocuments.file(folder.resolve("documents.db")) : JdbcDocuments.in(rows);
        return new MillStores(rows, documents, folder, datasets);
    }

    private static String table(String tenant, String dataset) {
        return tenant + "_" + dataset;
    }

    private static HikariDataSource pool(String url) {
        HikariDataSource pool = StoreSite.pool(url);
        pool.setMaximumPoolSize(12);
        return pool;
    }

    private static TestTables tables(String url, HikariDataSource rows) {
        return new TestTables(
                rows, url.startsWith("jdbc:sqlite:") ? SqliteDatasetTest::type : PostgresDatasetTest::type, "");
    }

    List<String> leftovers() {
        return new TestTables(rows, field -> "", "").leftovers();
    }

    /**
     * An engine over them.
     *
     * @param late how far its clock is ahead
     */
    Gantry engine(Duration late, Duration lease) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), late);
        return Gantry.builder()
                .documents(documents)
                .files(new LocalFileStore(folder.resolve("files"), clock))
                .datasets(tenant -> datasets.getOrDefault(tenant, List.of()))
                .runs(new LocalRunEngine(SLOTS))
                .clock(clock)
                .lease(lease)
                .build();
    }

    @Override
    public void close() {
        rows.close();
    }
}
