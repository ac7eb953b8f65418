// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class PostgresDatasetTest extends DatasetContract {

    private static final TestTables TABLES =
            new TestTables(PostgresServer.database("contract"), PostgresDatasetTest::type, "");

    static String type(Field field) {
        return switch (field.type()) {
            case STRING ->
                field.size().length() == 0 ? "text" : "varchar(" + field.size().length() + ")";
            case INTEGER -> "bigint";
            case DECIMAL ->
                "numeric(" + field.size().precision() + ", " + field.size().scale() + ")";
            case FLOAT -> "float8";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamptz";
            case UUID -> "uuid";
            case BYTES -> "bytea";
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
