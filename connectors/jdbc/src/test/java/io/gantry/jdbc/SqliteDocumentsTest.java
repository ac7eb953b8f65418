// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteDocumentsTest extends JdbcDocumentsContract {

    @TempDir
    private static Path folder;

    private static SQLiteDataSource database;

    @BeforeAll
    static void open() {
        database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("documents.db"));
    }

    @Override
    DataSource dataSource() {
        return database;
    }
}
