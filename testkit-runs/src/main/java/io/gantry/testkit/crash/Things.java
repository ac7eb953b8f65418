// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.validation.Counts;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the dataset should hold: the model of all that is done to it. */
record Things(Map<String, Thing> rows) {

    private static final int BATCH = 64;

    Things {
        rows = Map.copyOf(rows);
    }

    /**
     * What a load comes to.
     *
     * @param after what the dataset holds then
     */
    record Loaded(Things after, Counts counts) {

        /** How many rows it changed. */
        long changes() {
            return counts.loaded() + counts.deleted();
        }
    }

    /** What a dataset holds. */
    static Things in(ReadableDataset dataset) {
        Map<String, Thing> rows = new TreeMap<>();
        RowBatch batch = new RowBatch(CrashKit.SCHEMA.fields(), BATCH);
        try (DatasetReader reader = dataset.read(Selection.of(CrashKit.SCHEMA.names()))) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    Thing thing = new Thing(
                            String.valueOf(batch.column(0).object(row)),
                            Long.parseLong(String.valueOf(batch.column(1).object(row))),
                            String.valueOf(batch.column(2).object(row)));
                    if (rows.put(thing.id(), thing) != null) {
                        throw new AssertionError("The dataset holds two rows with the key " + thing.id());
                    }
                }
            }
        }
        return new Things(rows);
    }

    /** What a load of a file comes to. */
    Loaded load(LoadMode mode, ThingFile file) {
        Map<String, Thing> after = new TreeMap<>(rows);
        long inserted = 0;
        long updated = 0;
        long unchanged = 0;
        for (Thing thing : file.good()) {
            Thing before = rows.get(thing.id());
            if (before == null ? mode == LoadMode.UPDATE : mode == LoadMode.INSERT) {
                continue;
            }
            inserted += before == null ? 1 : 0;
            unchanged += thing.equals(before) ? 1 : 0;
            updated += before != null && !thing.equals(before) ? 1 : 0;
            after.put(thing.id(), thing);
        }
        if (mode == LoadMode.REPLACE) {
            after.keySet().retainAll(file.ids());
        }
        long read = file.ids().size();
        long rejected = read - inserted - updated - unchanged;
        long deleted = rows.size() + inserted - after.size();
        return new Loaded(new Things(after), new Counts(read, inserted, updated, unchanged, rejected, 0, deleted));
    }

    /** What mending all bad rows of a file comes to that was loaded before. */
    Loaded mend(ThingFile file) {
        Loaded mended = load(LoadMode.UPSERT, file.onlyBad().mended());
        Counts counts = mended.counts();
        long skipped = file.ids().size() - counts.read();
        return new Loaded(
                mended.after(),
                new Counts(counts.read() + skipped, counts.inserted(), counts.updated(), 0, 0, skipped, 0));
    }

    /** As an export writes it, in order of the key. */
    String text() {
        return new TreeMap<>(rows).values().stream().map(Thing::text).collect(Collectors.joining("\n"));
    }
}
