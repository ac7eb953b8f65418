// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.dataset.CheckingDataset;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.schema.Schema;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Dataset} must do. A provider's author extends it, implements the hooks, and inherits the tests.
 *
 * <p>The rules of a load that the suite holds a writer to, in the order in which they are judged; a row that broke one is
 * not judged by those behind it:
 *
 * <ol>
 *   <li>A row without a value in a field of the load's key, or with a null in a required field, is {@code REQUIRED} it.
 *   <li>Of rows with equal keys, all but the one that {@link io.gantry.spi.dataset.Duplicates} keeps are
 *       {@code DUPLICATE_KEY}.
 *   <li>A row is {@code ALREADY_EXISTS} or {@code NOT_FOUND} as {@link io.gantry.spi.dataset.LoadMode} says; a new row of
 *       a load that does not hold every required field is {@code REQUIRED} those; a row whose reference leads nowhere is
 *       {@code REFERENCE_NOT_FOUND}. A dataset that refers to itself may find the target among the rows of the load that
 *       are not rejected.
 *   <li>Of the rows that are left, all but the first with equal values in a unique set are {@code DUPLICATE_VALUE}, and so
 *       is each whose values a row of the dataset has now, unless that one has the same key or is deleted by the load.
 * </ol>
 *
 * <p>Fields of a key, and of the rows of a {@link io.gantry.spi.dataset.LoadMode#REPLACE}, count as being in the file even
 * when their row is rejected: what the file names is never deleted.
 *
 * <p>A {@link FencedDataset} is met by loads and fences of the same run that race each other. It may answer a fence with a
 * failure of kind {@link io.gantry.spi.FailureKind#TRANSIENT} while a load that is checked keeps its store busy, but must
 * tell the same story in the end: to the load, to the fence, as the run's marker and by its rows.
 */
public abstract class DatasetContract
        implements DatasetLoading,
                DatasetValues,
                DatasetRowChecks,
                DatasetUniqueChecks,
                DatasetPreviews,
                DatasetPlans,
                DatasetRollbacks,
                DatasetRollbackOrder,
                DatasetFencing,
                DatasetRaces,
                DatasetSelections,
                DatasetQuestions,
                DatasetHistories {

    /** What a dataset can do, by the interface that says so. */
    public enum Capability {
        /** {@link ReadableDataset}. */
        READ(ReadableDataset.class),
        /** {@link WritableDataset}. */
        WRITE(WritableDataset.class),
        /** {@link UndoableDataset}. */
        UNDO(UndoableDataset.class),
        /** {@link FencedDataset}. */
        FENCE(FencedDataset.class),
        /** {@link LookupDataset}. */
        LOOKUP(LookupDataset.class),
        /** {@link MarkedDataset}. */
        MARK(MarkedDataset.class),
        /** {@link CheckingDataset}. */
        CHECK(CheckingDataset.class),
        /** {@link WritableDataset#resolves}: its writers check references into the same store. */
        REFERENCES(null),
        /** {@link io.gantry.spi.dataset.DatasetWriter.Previewing}, implemented by the dataset's writers. */
        PREVIEW(null);

        private final @Nullable Class<? extends Dataset> type;

        Capability(@Nullable Class<? extends Dataset> type) {
            this.type = type;
        }
    }

    /**
     * An edit of one row that goes past the engine.
     *
     * @param kind what happens to the row
     * @param key the values of its key, by field
     * @param values what it has afterwards, by field: every field of an inserted row, the changed ones of an updated row,
     *     none of a deleted row
     */
    public record Edit(Kind kind, Map<String, Object> key, Map<String, @Nullable Object> values) {
        /** What happens to a row. */
        public enum Kind {
            /** It is added. */
            INSERT,
            /** Some of its values change. */
            UPDATE,
            /** It is taken away. */
            DELETE
        }
    }

    /** For the test class that extends the suite. */
    protected DatasetContract() {}

    /**
     * Makes a new, empty dataset. Those of one test class live in one store, so that they can refer to each other.
     *
     * @param name lower-case letters, digits and underscores, never used before; the dataset's name
     * @param schema its fields, keys and references to datasets made before
     * @return the dataset, with all that {@link #capabilities} claims whenever the schema has a key
     */
    protected abstract Dataset create(String name, Schema schema);

    /**
     * What the datasets claim to be able to do.
     *
     * @return exactly what they implement
     */
    protected abstract Set<Capability> capabilities();

    /**
     * Changes a row as another program would: not through the dataset.
     *
     * @param dataset made by {@link #create}
     * @param edit what to do
     */
    protected abstract void editBySomeoneElse(Dataset dataset, Edit edit);

    /**
     * All rows of a dataset, for those that cannot be read through {@link ReadableDataset}.
     *
     * @param dataset made by {@link #create}
     * @return the values in the order of the schema's fields; rows in any order
     */
    protected List<List<@Nullable Object>> rows(Dataset dataset) {
        return Rig.of(this).read(dataset);
    }

    /**
     * What loads have put into the store for the time they are under way, such as staging tables.
     *
     * @return names, in any order that stays the same; empty, as it is unless overridden, where nobody else could see it
     */
    protected List<String> leftovers() {
        return List.of();
    }

    /**
     * How many digits of a decimal number the store keeps exactly.
     *
     * @return 38 unless overridden, at least 15
     */
    protected int decimalDigits() {
        return 38;
    }

    @Test
    final void it_implements_exactly_the_capabilities_it_claims() {
        Dataset dataset = Rig.of(this).dataset(Rig.BOOKS);
        Set<Capability> implemented = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            boolean has = switch (capability) {
                case PREVIEW -> Rig.of(this).previews(dataset);
                case REFERENCES -> Rig.of(this).resolves(dataset);
                default -> capability.type != null && capability.type.isInstance(dataset);
            };
            if (has) {
                implemented.add(capability);
            }
        }
        assertThat(implemented).isEqualTo(capabilities());
    }
}
