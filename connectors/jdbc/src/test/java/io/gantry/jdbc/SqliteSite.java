// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.crash.CrashSite;
import java.nio.file.Path;

/** A table in one file of SQLite, documents in another: a file has one writer at a time. */
public final class SqliteSite implements CrashSite {

    private final Path folder;

    /** For processes that only open it. */
    public SqliteSite() {
        this(Path.of(""));
    }

    SqliteSite(Path folder) {
        this.folder = folder;
    }

    private static HikariDataSource rows(String place) {
        return StoreSite.pool("jdbc:sqlite:" + place + "?journal_mode=WAL&busy_timeout=10000");
    }

    @Override
    public String make(String name, Schema schema) {
        String place = folder.resolve(name).toAbsolutePath().toString();
        try (HikariDataSource rows = rows(place)) {
            new TestTables(rows, SqliteDatasetTest::type, "").create(StoreSite.TABLE, schema);
        }
        return place;
    }

    @Override
    public Opened open(String place) {
        HikariDataSource rows = rows(place);
        return new StoreSite(
                rows,
                new TestTables(rows, SqliteDatasetTest::type, ""),
                JdbcDocuments.file(Path.of(place + "-documents")));
    }
}
