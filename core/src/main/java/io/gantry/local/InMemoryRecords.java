// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records kept in memory. */
final class InMemoryRecords<T> implements RecordStore<T> {

    private final Shape<T> shape;
    private final int[] key;
    private List<T> records = List.of();

    InMemoryRecords(Shape<T> shape, Schema schema) {
        this.shape = shape;
        List<String> fields = schema.key().isEmpty() ? schema.names() : schema.key();
        this.key = fields.stream().mapToInt(schema.names()::indexOf).toArray();
    }

    @Override
    public synchronized List<T> records() {
        return records;
    }

    @Override
    public synchronized void apply(List<Change<T>> changes) {
        Map<RowKey, List<Change<T>>> pending = new HashMap<>();
        List<T> added = new ArrayList<>();
        for (Change<T> change : changes) {
            T before = change.before();
            T after = change.after();
            if (before != null) {
                pending.computeIfAbsent(key(before), k -> new ArrayList<>()).add(change);
            } else if (after != null) {
                added.add(after);
            }
        }
        List<T> next = new ArrayList<>(records.size() + added.size());
        for (T record : records) {
            List<Change<T>> mine = pending.isEmpty() ? null : pending.get(key(record));
            if (mine == null || mine.isEmpty()) {
                next.add(record);
            } else {
                T after = mine.remove(mine.size() - 1).after();
                if (after != null) {
                    next.add(after);
                }
            }
        }
        next.addAll(added);
        records = next;
    }

    private RowKey key(T record) {
        return new RowKey(shape.values(record), key);
    }
}
