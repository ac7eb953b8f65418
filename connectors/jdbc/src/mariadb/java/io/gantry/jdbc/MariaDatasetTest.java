// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class MariaDatasetTest extends DatasetContract {

    private static final TestTables TABLES =
            new TestTables(MariaServer.database("contract"), MariaDatasetTest::type, " CHARACTER SET utf8mb4");

    static String type(Field field) {
        return switch (field.type()) {
            case STRING -> text(field.size().length());
            case INTEGER -> "BIGINT";
            case DECIMAL ->
                "DECIMAL(" + field.size().precision() + ", " + field.size().scale() + ")";
            case FLOAT -> "DOUBLE";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIME -> "TIME(6)";
            case TIMESTAMP -> "DATETIME(6)";
            case UUID -> "UUID";
            case BYTES -> "LONGBLOB";
        };
    }

    private static String text(int length) {
        return (length == 0 ? "LONGTEXT" : "VARCHAR(" + length + ")") + " COLLATE utf8mb4_nopad_bin";
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
