// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.runs.RunContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class SqliteRunTest extends RunContract {

    @TempDir
    private static Path folder;

    private static TestTables tables;

    private final List<String> made = new ArrayList<>();

    @BeforeAll
    static void open() {
        tables = SqliteDatasetTest.open(folder);
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        made.add(name);
        return tables.create(name, schema);
    }

    @Override
    protected void clear() {
        Collections.reverse(made); // those that refer to others first
        made.forEach(name -> tables.execute("DROP TABLE " + name));
        made.clear();
    }
}
