// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a reference into another store, some distinct keys at a time. Used by one thread. */
final class ReferenceCheck {

    private static final int REMEMBERED = 50_000;

    private final Reference reference;
    private final LookupDataset target;
    private final int[] columns;
    private final List<Field> fields = new ArrayList<>();
    private final Map<List<Object>, Boolean> known = new HashMap<>();

    /**
     * @param load the fields of the load
     */
    ReferenceCheck(Reference reference, LookupDataset target, List<Field> load) {
        this.reference = reference;
        this.target = target;
        List<String> names = load.stream().map(Field::name).toList();
        columns = reference.fields().stream().mapToInt(names::indexOf).toArray();
        for (int i = 0; i < columns.length; i++) {
            Field field = load.get(columns[i]);
            fields.add(Field.of(reference.targets().get(i), field.type()));
        }
    }

    Reference reference() {
        return reference;
    }

    /** Marks rows that refer to nothing. */
    boolean[] failing(RowBatch rows, boolean[] dropped) {
        Map<List<Object>, Integer> asked = new LinkedHashMap<>();
        List<@Nullable List<Object>> keys = new ArrayList<>();
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        for (int row = 0; row < rows.size(); row++) {
            List<Object> key = dropped[row] ? null : key(rows, row);
            keys.add(key);
            if (key != null && !known.containsKey(key)) {
                asked.putIfAbsent(key, asked.size());
            }
        }
        if (!asked.isEmpty()) {
            RowBatch batch = new RowBatch(fields, asked.size());
            asked.keySet().forEach(key -> batch.add(batch.size() + 1L, key.toArray()));
            boolean[] found = target.contains(reference.targets(), batch);
            asked.forEach((key, place) -> known.put(key, found[place]));
        }
        boolean[] failing = new boolean[rows.size()];
        for (int row = 0; row < failing.length; row++) {
            List<Object> key = keys.get(row);
            failing[row] = key != null && !Boolean.TRUE.equals(known.get(key));
        }
        return failing;
    }

    /** The values of a row's reference; null when one of them is missing. */
    private @Nullable List<Object> key(RowBatch rows, int row) {
        List<Object> key = new ArrayList<>(columns.length);
        for (int column : columns) {
            Object value = rows.column(column).object(row);
            if (value == null) {
                return null;
            }
            key.add(value);
        }
        return key;
    }
}
