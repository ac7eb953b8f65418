// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.Duplicates;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A load into a {@link RecordDataset}: everything is settled in memory, and applied as one list of changes. */
final class RecordLoad<T> implements DatasetWriter.Previewing {

    private final RecordDataset<T> dataset;
    private final Load load;
    private final int[] places;
    private final int[] key;
    private final List<Staged> staged = new ArrayList<>();
    private final Set<RowKey> named = new HashSet<>();
    private final Map<Staged, RecordDataset.Undo> changes = new LinkedHashMap<>();
    private final List<RecordDataset.Undo> deleted = new ArrayList<>();
    private boolean previewOnly;
    private Turns.Turn turn = Turns.NONE;
    private Outcome outcome = new Outcome(0, 0, 0, 0);

    /**
     * A row of the file.
     *
     * @param values in the order of the schema's fields, null where the load has none
     */
    private record Staged(long number, @Nullable Object[] values) {}

    RecordLoad(RecordDataset<T> dataset, Load load) {
        this.dataset = dataset;
        this.load = load;
        this.places = dataset.places(load.names());
        this.key = dataset.places(load.rules().key());
    }

    @Override
    public void previewOnly() {
        previewOnly = true;
    }

    @Override
    public boolean stage(RowBatch rows) {
        checkCancelled();
        for (int row = 0; row < rows.size(); row++) {
            staged.add(new Staged(rows.number(row), values(rows, row)));
        }
        return true;
    }

    @Override
    public void name(RowBatch rows) {
        for (int row = 0; row < rows.size(); row++) {
            named.add(new RowKey(values(rows, row), key));
        }
    }

    private @Nullable Object[] values(RowBatch rows, int row) {
        @Nullable Object[] values = new Object[dataset.schema().fields().size()];
        for (int i = 0; i < places.length; i++) {
            values[places[i]] = rows.column(i).object(row);
        }
        return values;
    }

    @Override
    public Outcome check(RowIssues issues) {
        checkCancelled();
        if (!previewOnly) {
            turn = dataset.turns().take(load);
        }
        List<@Nullable Object[]> present = dataset.present();
        List<Staged> kept = distinct(fitting(issues), issues);
        Map<RowKey, @Nullable Object[]> byKey = new HashMap<>();
        if (key.length > 0) {
            present.forEach(row -> byKey.put(new RowKey(row, key), row));
        }
        long inserted = 0;
        long unchanged = 0;
        staged.forEach(row -> named.add(new RowKey(row.values(), key)));
        List<String> lacking = lacking();
        List<Staged> settled = new ArrayList<>();
        for (Staged row : kept) {
            RowKey rowKey = new RowKey(row.values(), key);
            @Nullable Object[] before = key.length == 0 || rowKey.hasNull() ? null : byKey.get(rowKey);
            if (before != null && load.mode() == LoadMode.INSERT) {
                issues.reject(
                        row.number(), load.rules().key(), "ALREADY_EXISTS", "is a key that the dataset has already");
            } else if (before == null && load.mode() == LoadMode.UPDATE) {
                issues.reject(row.number(), load.rules().key(), "NOT_FOUND", "is a key that the dataset does not have");
            } else if (before == null && !lacking.isEmpty()) {
                issues.reject(row.number(), lacking, "REQUIRED", "has no value; one is required");
            } else {
                changes.put(row, new RecordDataset.Undo(before, before == null ? row.values() : merged(before, row)));
                settled.add(row);
            }
        }
        unique(present, settled, issues);
        for (RecordDataset.Undo change : List.copyOf(changes.values())) {
            inserted += change.before() == null ? 1 : 0;
            unchanged += change.before() != null && RowKey.same(change.before(), change.after()) ? 1 : 0;
        }
        long updated = changes.size() - inserted - unchanged;
        if (load.mode() == LoadMode.REPLACE) {
            for (@Nullable Object[] row : present) {
                if (!named.contains(new RowKey(row, key))) {
                    deleted.add(new RecordDataset.Undo(row, null));
                }
            }
        }
        outcome = new Outcome(inserted, updated, unchanged, deleted.size());
        return outcome;
    }

    /** Required fields that the load does not have: without them it can add no row. */
    private List<String> lacking() {
        return dataset.schema().fields().stream()
                .filter(field -> field.isRequired() && !load.names().contains(field.name()))
                .map(Field::name)
                .toList();
    }

    private void checkCancelled() {
        if (load.cancellation().requested()) {
            throw new ProviderException("CANCELLED", FailureKind.DENIED, "The load was cancelled");
        }
    }

    /** The row as it will be: fields the load does not have keep their value. */
    private @Nullable Object[] merged(@Nullable Object[] before, Staged row) {
        @Nullable Object[] after = before.clone();
        for (int place : places) {
            after[place] = row.values()[place];
        }
        return after;
    }

    private List<Staged> distinct(List<Staged> staged, RowIssues issues) {
        if (key.length == 0) {
            return staged;
        }
        Map<RowKey, List<Staged>> groups = new LinkedHashMap<>();
        for (Staged row : staged) {
            groups.computeIfAbsent(new RowKey(row.values(), key), k -> new ArrayList<>())
                    .add(row);
        }
        Set<Staged> dropped = new LinkedHashSet<>();
        groups.forEach((rowKey, rows) -> {
            if (rows.size() > 1 && !rowKey.hasNull()) {
                List<Staged> losers = new ArrayList<>(rows);
                if (load.rules().duplicates() != Duplicates.REJECT_ALL) {
                    losers.remove(load.rules().duplicates() == Duplicates.KEEP_FIRST ? 0 : rows.size() - 1);
                }
                dropped.addAll(losers);
            }
        });
        List<Staged> kept = new ArrayList<>();
        for (Staged row : staged) {
            if (dropped.contains(row)) {
                issues.reject(
                        row.number(), load.rules().key(), "DUPLICATE_KEY", "is the key of another row of the file");
            } else {
                kept.add(row);
            }
        }
        return kept;
    }

    /** Rows with all values there must be, and none that a field cannot hold. */
    private List<Staged> fitting(RowIssues issues) {
        List<Field> fields = dataset.schema().fields();
        List<Staged> kept = new ArrayList<>();
        for (Staged row : staged) {
            boolean whole = true;
            for (int place : places) {
                boolean needed = fields.get(place).isRequired()
                        || load.rules().key().contains(fields.get(place).name());
                if (needed && row.values()[place] == null) {
                    issues.reject(
                            row.number(),
                            List.of(fields.get(place).name()),
                            "REQUIRED",
                            "has no value; one is required");
                    whole = false;
                } else if (!fits(fields.get(place), row.values()[place])) {
                    issues.reject(
                            row.number(), List.of(fields.get(place).name()), "OUT_OF_RANGE", "does not fit the field");
                    whole = false;
                }
            }
            if (whole) {
                kept.add(row);
            }
        }
        return kept;
    }

    private static boolean fits(Field field, @Nullable Object value) {
        Field.Size size = field.size();
        if (value instanceof String text) {
            return size.length() == 0 || text.codePointCount(0, text.length()) <= size.length();
        }
        if (value instanceof byte[] bytes) {
            return size.length() == 0 || bytes.length <= size.length();
        }
        if (value instanceof BigDecimal number && size.precision() > 0 && number.signum() != 0) {
            BigDecimal shortest = number.stripTrailingZeros();
            return shortest.scale() <= size.scale()
                    && shortest.precision() - shortest.scale() <= size.precision() - size.scale();
        }
        return true;
    }

    /**
     * What must be unique beside the key: among the rows of the load, and against the rows of the dataset as they are now,
     * those with the same key or that the load deletes excepted.
     */
    private void unique(List<@Nullable Object[]> present, List<Staged> rows, RowIssues issues) {
        Set<List<String>> sets = new LinkedHashSet<>(dataset.schema().uniques());
        sets.addAll(load.rules().uniques());
        if (!dataset.schema().key().isEmpty()) {
            sets.add(dataset.schema().key());
        }
        sets.remove(load.rules().key());
        Set<Staged> failed = new LinkedHashSet<>();
        for (List<String> fields : sets) {
            int[] unique = dataset.places(fields);
            Map<RowKey, RowKey> owners = new HashMap<>();
            for (@Nullable Object[] row : present) {
                RowKey owner = new RowKey(row, key);
                if (load.mode() != LoadMode.REPLACE || named.contains(owner)) {
                    owners.put(new RowKey(row, unique), owner);
                }
            }
            Set<RowKey> taken = new HashSet<>();
            for (Staged row : rows) {
                @Nullable
                Object[] after = Objects.requireNonNull(changes.get(row)).after();
                RowKey value = new RowKey(Objects.requireNonNull(after), unique);
                RowKey owner = owners.get(value);
                boolean anothers = owner != null && !owner.equals(new RowKey(after, key));
                boolean repeated = !taken.add(value);
                if (!value.hasNull() && (anothers || repeated)) {
                    issues.reject(row.number(), fields, "DUPLICATE_VALUE", "is a value that another row has");
                    failed.add(row);
                }
            }
        }
        changes.keySet().removeAll(failed);
    }

    @Override
    public void preview(int each, Changes sink) {
        Map<RowChange.Kind, Integer> shown = new HashMap<>();
        changes.forEach((row, change) -> {
            if (!RowKey.same(change.before(), change.after())) {
                RowChange.Kind kind = change.before() == null ? RowChange.Kind.INSERTED : RowChange.Kind.UPDATED;
                if (shown.merge(kind, 1, Integer::sum) <= each) {
                    sink.accept(change(kind, row.number(), change));
                }
            }
        });
        deleted.stream().limit(each).forEach(change -> sink.accept(change(RowChange.Kind.DELETED, 0, change)));
    }

    private RowChange change(RowChange.Kind kind, long number, RecordDataset.Undo change) {
        @Nullable Object[] before = change.before();
        @Nullable Object[] after = change.after();
        List<RowChange.FieldChange> fields = new ArrayList<>();
        List<@Nullable Object> keyValues = new ArrayList<>();
        @Nullable Object[] image = after != null ? after : before;
        for (int place : key) {
            keyValues.add(image == null ? null : image[place]);
        }
        for (int place : places) {
            Object was = before == null ? null : before[place];
            Object is = after == null ? null : after[place];
            if (after != null && RowKey.compare(RowKey.comparable(was), RowKey.comparable(is)) != 0) {
                fields.add(new RowChange.FieldChange(
                        dataset.schema().fields().get(place).name(), was, is));
            }
        }
        return new RowChange(kind, number, keyValues, fields);
    }

    @Override
    public void apply() {
        if (previewOnly) {
            throw new IllegalStateException("A preview cannot be applied");
        }
        List<RecordDataset.Undo> all = new ArrayList<>(deleted);
        changes.values().stream()
                .filter(change -> !RowKey.same(change.before(), change.after()))
                .forEach(all::add);
        dataset.apply(load, outcome, all);
    }

    @Override
    public void close() {
        turn.close();
    }
}
