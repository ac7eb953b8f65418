// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.Cancellation;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.Reference;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a load is to do.
 *
 * @param run the id of the run, under which the load can be found and undone
 * @param attempt how often the run was begun, from 1: every worker that takes it over from another begins it anew, and can
 *     shut out the loads of those before ({@link FencedDataset})
 * @param mode what to do with rows that are, or are not, there
 * @param fields what the batches hold, in this order; fields of the dataset that are not among them keep their value
 *     when a row is updated, and get the store's default when it is inserted
 * @param rules what must hold of the rows
 * @param time when the run started, by the engine's clock
 * @param cancellation asks the load to stop
 * @param expectedMark the mark that a {@link MarkedDataset} must have when the load becomes part of it, or the writer fails with
 *     code {@code PLAN_STALE} and kind {@link io.gantry.spi.FailureKind#DENIED}; null when it may have any
 */
public record Load(
        String run,
        int attempt,
        LoadMode mode,
        List<Field> fields,
        Rules rules,
        Instant time,
        Cancellation cancellation,
        @Nullable String expectedMark) {

    public Load {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts are counted from 1, not " + attempt);
        }
        fields = List.copyOf(fields);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("A load needs a field");
        }
    }

    /**
     * What must hold of the rows of a load, beside what the dataset's own schema says.
     *
     * @param key the fields that tell rows apart, all among the load's; empty only for {@link LoadMode#INSERT}
     * @param duplicates what to do with rows of the file that have the same key
     * @param uniques sets of fields whose values together must differ from row to row, in the file and in the dataset:
     *     later rows are rejected with {@code DUPLICATE_VALUE}
     * @param references fields that must be a key elsewhere in the same store, or the row is rejected with
     *     {@code REFERENCE_NOT_FOUND}; the engine itself checks references into other stores
     */
    public record Rules(
            List<String> key, Duplicates duplicates, List<List<String>> uniques, List<Reference> references) {
        public Rules {
            key = List.copyOf(key);
            uniques = uniques.stream().map(List::copyOf).toList();
            references = List.copyOf(references);
        }
    }

    /**
     * The names of the fields.
     *
     * @return in order
     */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }
}
