// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The tables of rows of a dump. */
final class GoldenTables {

    private static final Schema THINGS = Schema.of(
                    Field.of("id", FieldType.STRING).length(40).required(),
                    Field.of("name", FieldType.STRING).length(60))
            .key("id");

    private static final Schema PEOPLE = Schema.of(
                    Field.of("id", FieldType.STRING).length(40).required(),
                    Field.of("name", FieldType.STRING).length(60),
                    Field.of("team", FieldType.STRING).length(40),
                    Field.of("email", FieldType.STRING).length(60),
                    Field.of("fee", FieldType.DECIMAL).decimal(12, 2),
                    Field.of("born", FieldType.DATE),
                    Field.of("seen", FieldType.TIMESTAMP),
                    Field.of("wakes", FieldType.TIME),
                    Field.of("photo", FieldType.BYTES),
                    Field.of("state", FieldType.STRING).length(20),
                    Field.of("hours", FieldType.INTEGER),
                    Field.of("ratio", FieldType.FLOAT),
                    Field.of("active", FieldType.BOOLEAN),
                    Field.of("badge", FieldType.UUID),
                    Field.of("origin", FieldType.STRING).length(20))
            .key("id");

    private static final Schema EVENTS = Schema.of(
                    Field.of("id", FieldType.INTEGER).required(),
                    Field.of("at", FieldType.TIMESTAMP),
                    Field.of("amount", FieldType.DECIMAL).decimal(10, 2),
                    Field.of("kind", FieldType.STRING).length(20),
                    Field.of("note", FieldType.STRING).length(60))
            .key("id");

    /** Tables by name; those of things serve one pipeline each, so that their runs do not meet. */
    private static final Map<String, Schema> SCHEMAS = new TreeMap<>(Map.of("people", PEOPLE, "events", EVENTS));

    static {
        Stream.of(
                        "team",
                        "things",
                        "stock",
                        "spare",
                        "touched",
                        "waiting",
                        "lost_before",
                        "lost_behind",
                        "lost_rollback",
                        "other")
                .forEach(name -> SCHEMAS.put(name, THINGS));
    }

    private GoldenTables() {}

    static void create(TestTables tables) {
        SCHEMAS.forEach(tables::create);
    }

    /** The tables that there are: those of later dumps are not in earlier ones. */
    static List<Dataset> open(TestTables tables) {
        List<Dataset> datasets = new ArrayList<>();
        for (String name : SCHEMAS.keySet()) {
            try {
                datasets.add(tables.datasets().table(name).open());
            } catch (ProviderException e) {
                if (!e.code().equals("JDBC_TABLE_NOT_FOUND")) {
                    throw e;
                }
            }
        }
        return datasets;
    }

    /** The rows of a table as texts, in order of their first fields. */
    static ArrayNode content(TestTables tables, String table) {
        ReadableDataset dataset = tables.datasets().table(table).open();
        Schema schema = dataset.schema();
        TreeMap<String, ArrayNode> rows = new TreeMap<>();
        RowBatch batch = new RowBatch(schema.fields(), 64);
        try (DatasetReader reader = dataset.read(Selection.of(schema.names()))) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    ArrayNode values = JsonNodeFactory.instance.arrayNode();
                    for (int i = 0; i < schema.fields().size(); i++) {
                        values.add(text(batch.column(i).object(row)));
                    }
                    rows.put(values.get(0).asText(), values);
                }
            }
        }
        ArrayNode content = JsonNodeFactory.instance.arrayNode();
        rows.values().forEach(content::add);
        return content;
    }

    private static @Nullable String text(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof BigDecimal number) {
            return number.stripTrailingZeros().toPlainString();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }
}
