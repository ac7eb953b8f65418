// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.crash.CrashSite;
import java.nio.file.Path;

/** Table and documents in one file of H2, whose commits are in the file when they return. */
final class H2Site implements CrashSite {

    private final Path folder;

    H2Site(Path folder) {
        this.folder = folder;
    }

    @Override
    public String make(String name, Schema schema) {
        String place = "jdbc:h2:file:" + folder.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0";
        try (HikariDataSource rows = StoreSite.pool(place)) {
            new TestTables(rows, H2DatasetTest::type, "").create(StoreSite.TABLE, schema);
        }
        return place;
    }

    @Override
    public Opened open(String place) {
        HikariDataSource rows = StoreSite.pool(place);
        return new StoreSite(rows, new TestTables(rows, H2DatasetTest::type, ""), JdbcDocuments.in(rows));
    }
}
