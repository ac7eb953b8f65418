// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.testkit.crash.CrashSite;
import java.util.List;

/** A table, and documents in the same database or in another one. */
record StoreSite(HikariDataSource rows, TestTables tables, DocumentStore documents) implements CrashSite.Opened {

    static final String TABLE = "things";

    static HikariDataSource pool(String url) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setMaximumPoolSize(6);
        pool.setMinimumIdle(0);
        return new HikariDataSource(pool);
    }

    @Override
    public Dataset dataset() {
        return tables.datasets().table(TABLE).open();
    }

    @Override
    public List<String> leftovers() {
        return tables.leftovers();
    }

    @Override
    public void close() {
        rows.close();
    }
}
