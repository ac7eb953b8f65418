// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteDocumentsTest extends JdbcDocumentsContract {

    @TempDir
    private static Path folder;

    private static @Nullable HikariDataSource database;

    @BeforeAll
    static void open() {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl("jdbc:sqlite:" + folder.resolve("documents.db"));
        pool.addDataSourceProperty("synchronous", "OFF");
        pool.setMaximumPoolSize(4);
        pool.setAutoCommit(false);
        database = new HikariDataSource(pool);
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(database).close();
    }

    @Override
    DataSource dataSource() {
        return Objects.requireNonNull(database);
    }
}
