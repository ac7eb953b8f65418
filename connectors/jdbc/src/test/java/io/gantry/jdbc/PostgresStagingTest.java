// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.LoadMode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Staging by connections that begin with another isolation than PostgreSQL does by itself. */
class PostgresStagingTest {

    @Test
    void rows_are_staged_whatever_isolation_connections_begin_with() throws SQLException {
        String url = PostgresServer.url("staging");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE staging SET default_transaction_isolation = 'repeatable read'");
            statement.execute(BookLoad.TABLE);
        }
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        TestTables tables = new TestTables(database, PostgresDatasetTest::type, "");
        FencedDataset books = (FencedDataset) tables.datasets().table("books").open();

        new BookLoad(books, "run", 1, LoadMode.UPSERT).carryOut(moment -> {});

        assertThat(tables.strings("SHOW transaction_isolation")).containsExactly("repeatable read");
        assertThat(tables.strings("SELECT title FROM books")).isNotEmpty();
    }
}
