// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.runs.RunContract;

class PostgresRunTest extends RunContract {

    private static final TestTables TABLES =
            new TestTables(PostgresServer.database("runs"), PostgresDatasetTest::type, "");

    @Override
    protected Dataset create(String name, Schema schema) {
        return TABLES.create(name, schema);
    }

    @Override
    protected void clear() {
        TABLES.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }
}
