// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.runs.EngineContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineTest extends EngineContract {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static @Nullable HikariDataSource database;

    @BeforeAll
    static void open() {
        database = SqliteDocumentsTest.pool(folder.resolve("engines.db"));
    }

    @AfterAll
    static void close() {
        Objects.requireNonNull(database).close();
    }

    @Override
    protected Supplier<DocumentStore> documents() {
        String prefix = "e" + NUMBERS.incrementAndGet();
        return () -> JdbcDocuments.in(Objects.requireNonNull(database)).prefix(prefix);
    }

    /** Each dataset has a file of its own: a file has one writer at a time. */
    @Override
    protected Dataset create(String name, Schema schema) {
        try {
            return SqliteDatasetTest.open(Files.createTempDirectory(folder, name))
                    .create(name, schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected int failureStep() {
        return 4;
    }
}
