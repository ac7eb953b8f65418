// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.local.RecordDataset.Undo;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.RollbackOutcome.Bucket;
import io.gantry.spi.dataset.RollbackOutcome.Sample;
import io.gantry.spi.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Works out what taking back a run does to each of its rows: it is as before, or is kept because someone else has changed it
 * since, or fails because another row has got a value by now that must be unique.
 */
final class Reversal {

    private final Schema schema;
    private final List<@Nullable Object[]> rows;
    private final List<Back> back = new ArrayList<>();
    private final List<@Nullable Object[]> kept = new ArrayList<>();
    private final List<@Nullable Object[]> failed = new ArrayList<>();
    private final int size;

    /**
     * A row to take back.
     *
     * @param now the row as it is; null when it is not there
     */
    private record Back(@Nullable Object @Nullable [] now, Undo undo) {}

    /**
     * @param rows all rows as they are
     * @param undo what the run did
     */
    Reversal(Schema schema, List<@Nullable Object[]> rows, List<Undo> undo) {
        this.schema = schema;
        this.rows = rows;
        this.size = undo.size();
        sort(undo);
        while (!schema.uniques().isEmpty() && failTaken()) {
            continue; // each row that stays as it is may be in the way of another
        }
    }

    /** Tells rows that can be taken back, or are as before already, from rows that were changed since. */
    private void sort(List<Undo> undo) {
        int[] key = places(schema.key().isEmpty() ? schema.names() : schema.key());
        Map<RowKey, List<@Nullable Object[]>> present = new HashMap<>();
        rows.forEach(row -> present.computeIfAbsent(new RowKey(row, key), k -> new ArrayList<>())
                .add(row));
        for (int i = undo.size() - 1; i >= 0; i--) {
            Undo entry = undo.get(i);
            List<@Nullable Object[]> alike = present.getOrDefault(new RowKey(image(entry), key), List.of());
            @Nullable Object @Nullable [] now = alike.isEmpty() ? null : alike.remove(alike.size() - 1);
            if (RowKey.same(now, entry.after())) {
                back.add(new Back(now, entry));
            } else if (!RowKey.same(now, entry.before())) {
                kept.add(image(entry));
            }
        }
    }

    /** Fails rows that would get a value which a row that stays has; false when there are none. */
    private boolean failTaken() {
        Set<@Nullable Object[]> moving = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Back row : back) {
            if (row.now() != null) {
                moving.add(row.now());
            }
        }
        int before = back.size();
        for (List<String> unique : schema.uniques()) {
            int[] places = places(unique);
            Set<RowKey> taken = new HashSet<>();
            for (@Nullable Object[] row : rows) {
                RowKey value = new RowKey(row, places);
                if (!moving.contains(row) && !value.hasNull()) {
                    taken.add(value);
                }
            }
            back.removeIf(row -> {
                @Nullable Object[] old = row.undo().before();
                boolean fails = old != null && taken.contains(new RowKey(old, places));
                if (fails) {
                    failed.add(image(row.undo()));
                }
                return fails;
            });
        }
        return back.size() < before;
    }

    private int[] places(List<String> fields) {
        return fields.stream().mapToInt(schema.names()::indexOf).toArray();
    }

    private static @Nullable Object[] image(Undo undo) {
        return undo.after() != null ? undo.after() : Objects.requireNonNull(undo.before());
    }

    /** The changes that take back what can be taken back. */
    List<Undo> changes() {
        return back.stream()
                .map(row -> new Undo(row.undo().after(), row.undo().before()))
                .toList();
    }

    /**
     * The answer.
     *
     * @param samples how many rows of each bucket to name at most
     */
    RollbackOutcome outcome(int samples) {
        List<Sample> named = new ArrayList<>();
        kept.stream()
                .limit(samples)
                .forEach(row -> named.add(new Sample(Bucket.KEPT, key(row), "changed since by someone else")));
        failed.stream()
                .limit(samples)
                .forEach(row -> named.add(new Sample(
                        Bucket.FAILED, key(row), "a value that must be unique belongs to another row by now")));
        return new RollbackOutcome(size - kept.size() - failed.size(), kept.size(), failed.size(), named);
    }

    private List<@Nullable Object> key(@Nullable Object[] row) {
        List<@Nullable Object> key = new ArrayList<>();
        for (int place : places(schema.key())) {
            key.add(row[place]);
        }
        return key;
    }
}
