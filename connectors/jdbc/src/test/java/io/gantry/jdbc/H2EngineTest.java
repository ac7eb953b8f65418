// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.document.DocumentStore;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.runs.EngineContract;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;

class H2EngineTest extends EngineContract {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final DataSource DATABASE =
            JdbcConnectionPool.create("jdbc:h2:mem:engines;DB_CLOSE_DELAY=-1", "sa", "");
    private static final TestTables TABLES = new TestTables(
            JdbcConnectionPool.create("jdbc:h2:mem:things;DB_CLOSE_DELAY=-1", "sa", ""), H2DatasetTest::type, "");

    @Override
    protected Supplier<DocumentStore> documents() {
        String prefix = "e" + NUMBERS.incrementAndGet();
        return () -> JdbcDocuments.in(DATABASE).prefix(prefix);
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        return TABLES.create(name, schema);
    }

    @Override
    protected int failureStep() {
        return 4;
    }
}
