// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.h2.jdbcx.JdbcConnectionPool;

class H2DatasetTest extends DatasetContract {

    private static final TestTables TABLES = new TestTables(
            JdbcConnectionPool.create("jdbc:h2:mem:contract;DB_CLOSE_DELAY=-1", "sa", ""), H2DatasetTest::type, "");

    static String type(Field field) {
        return switch (field.type()) {
            case STRING ->
                field.size().length() == 0
                        ? "VARCHAR"
                        : "VARCHAR(" + field.size().length() + ")";
            case INTEGER -> "BIGINT";
            case DECIMAL ->
                "NUMERIC(" + field.size().precision() + ", " + field.size().scale() + ")";
            case FLOAT -> "DOUBLE PRECISION";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case TIMESTAMP -> "TIMESTAMP(6)";
            case UUID -> "UUID";
            case BYTES -> "VARBINARY";
        };
    }

    @Override
    protected Dataset create(String name, Schema schema) {
        return TABLES.create(name, schema);
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.CHECK));
    }

    @Override
    protected void editBySomeoneElse(Dataset dataset, Edit edit) {
        TABLES.edit(dataset, edit);
    }

    @Override
    protected List<String> leftovers() {
        return TABLES.leftovers();
    }
}
