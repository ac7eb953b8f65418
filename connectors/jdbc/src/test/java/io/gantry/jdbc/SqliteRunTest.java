// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.runs.RunContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunTest extends RunContract {

    @TempDir
    private Path folder;

    private @Nullable TestTables tables;

    /** Each world has a file of its own: a connection reads the definitions of all tables of its file. */
    @Override
    protected Dataset create(String name, Schema schema) {
        if (tables == null) {
            try {
                tables = SqliteDatasetTest.open(Files.createTempDirectory(folder, "world"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return tables.create(name, schema);
    }

    @Override
    protected void clear() {
        tables = null;
    }
}
