// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.runs.RunContract;
import org.h2.jdbcx.JdbcConnectionPool;

class H2RunTest extends RunContract {

    private static final TestTables TABLES = new TestTables(
            JdbcConnectionPool.create("jdbc:h2:mem:runs;DB_CLOSE_DELAY=-1", "sa", ""), H2DatasetTest::type, "");

    @Override
    protected Dataset create(String name, Schema schema) {
        return TABLES.create(name, schema);
    }

    @Override
    protected void clear() {
        TABLES.execute("DROP ALL OBJECTS");
    }

    @Override
    protected int worlds() {
        return 2;
    }
}
