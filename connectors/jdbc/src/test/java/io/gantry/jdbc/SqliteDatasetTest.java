// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

class SqliteDatasetTest extends DatasetContract {

    @TempDir
    private static Path folder;

    private static TestTables tables;

    @BeforeAll
    static void open() {
        tables = open(folder);
    }

    static TestTables open(Path folder) {
        SQLiteConfig config = new SQLiteConfig();
        config.enforceForeignKeys(true);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setBusyTimeout(300); // milliseconds that the tests wait for a lock that nobody gives up
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + folder.resolve("contract.db"));
        return new TestTables(dataSource, SqliteDatasetTest::type, "");
    }

    static String type(Field field) {
        return switch (field.type()) {
            case STRING ->
                field.size().length() == 0 ? "TEXT" : "VARCHAR(" + field.size().length() + ")";
            case INTEGER -> "BIGINT";
            case DECIMAL ->
                "DECIMAL(" + field.size().precision() + ", " + field.size().scale() + ")";
            case FLOAT -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "TIME";
            case TIMESTAMP -> "TIMESTAMP";
            case UUID -> "UUID";
            case BYTES -> "BLOB";
        };
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        return tables.create(name, schema);
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.CHECK));
    }

    @Override
    protected void editBySomeoneElse(Dataset dataset, Edit edit) {
        tables.edit(dataset, edit);
    }

    @Override
    protected List<String> leftovers() {
        return tables.leftovers();
    }

    /** SQLite turns longer decimals into binary floating point. */
    @Override
    protected int decimalDigits() {
        return 15;
    }
}
