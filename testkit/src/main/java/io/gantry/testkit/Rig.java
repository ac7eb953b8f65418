// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gantry.spi.Cancellation;
import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.Dataset;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.dataset.UndoableDataset;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import io.gantry.spi.schema.FieldType;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import io.gantry.testkit.DatasetContract.Capability;
import io.gantry.testkit.DatasetContract.Edit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the tests of a dataset stand on: makes, loads, reads and edits datasets of the provider under test. */
final class Rig {

    static final Instant NOW = Instant.parse("2026-11-01T10:15:30.123456Z");

    /** A small dataset with a key of one field. */
    static final Schema BOOKS = Schema.of(
                    Field.of("id", FieldType.INTEGER).required(),
                    Field.of("title", FieldType.STRING).length(80).required(),
                    Field.of("shelf", FieldType.STRING).length(20),
                    Field.of("pages", FieldType.INTEGER))
            .key("id");

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final DatasetContract contract;

    private Rig(DatasetContract contract) {
        this.contract = contract;
    }

    static Rig of(Object contract) {
        return new Rig((DatasetContract) contract);
    }

    DatasetContract contract() {
        return contract;
    }

    /** Skips the test unless the provider claims a capability; that it claims what it has is a test of its own. */
    Rig needs(Capability... needed) {
        for (Capability capability : needed) {
            assumeTrue(contract.capabilities().contains(capability), () -> "does not claim " + capability);
        }
        return this;
    }

    /** Whether a dataset's writers check a reference to itself, which is in the same store by any measure. */
    boolean resolves(Dataset dataset) {
        List<String> key = dataset.schema().key();
        return dataset instanceof WritableDataset writable
                && writable.resolves(new Reference(key, dataset.name(), key));
    }

    Dataset dataset(Schema schema) {
        return dataset(name -> schema);
    }

    /** Makes a dataset whose schema needs its own name, to refer to itself. */
    Dataset dataset(Function<String, Schema> schema) {
        String name = "d" + NAMES.incrementAndGet();
        return contract.create(name, schema.apply(name));
    }

    LoadScript load(Dataset dataset) {
        return new LoadScript((WritableDataset) dataset, "run-" + NAMES.incrementAndGet());
    }

    boolean previews(Dataset dataset) {
        if (!(dataset instanceof WritableDataset writable)) {
            return false;
        }
        try (DatasetWriter writer =
                writable.write(load(dataset).row(1L, "A", null, null).toLoad())) {
            return writer instanceof DatasetWriter.Previewing;
        }
    }

    List<List<@Nullable Object>> rows(Dataset dataset) {
        return Values.plain(contract.rows(dataset));
    }

    List<List<@Nullable Object>> read(Dataset dataset) {
        return read(dataset, Selection.of(dataset.schema().names()));
    }

    List<List<@Nullable Object>> read(Dataset dataset, Selection selection) {
        Schema schema = dataset.schema();
        List<Field> fields = selection.fields().stream()
                .map(name -> schema.field(name).orElseThrow())
                .toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        RowBatch batch = new RowBatch(fields, 3);
        try (DatasetReader reader = ((ReadableDataset) dataset).read(selection)) {
            while (reader.read(batch)) {
                for (int row = 0; row < batch.size(); row++) {
                    assertThat(batch.number(row)).isEqualTo(rows.size() + 1L);
                    rows.add(values(batch, row));
                }
            }
            assertThat(batch.size()).isZero();
        }
        return rows;
    }

    private static List<@Nullable Object> values(RowBatch batch, int row) {
        @Nullable Object[] values = new Object[batch.fields().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = batch.column(i).object(row);
        }
        return Arrays.asList(values);
    }

    Optional<AppliedRun> fence(Dataset dataset, LoadScript script, int attempt) {
        return ((FencedDataset) dataset).fence(script.run(), attempt);
    }

    Optional<AppliedRun> applied(Dataset dataset, LoadScript script) {
        return ((UndoableDataset) dataset).applied(script.run());
    }

    RollbackOutcome rollBack(Dataset dataset, String run) {
        return ((UndoableDataset) dataset).rollBack(rollback(run, Rollback.OnConflict.KEEP));
    }

    RollbackOutcome previewRollback(Dataset dataset, String run) {
        return ((UndoableDataset) dataset).previewRollback(rollback(run, Rollback.OnConflict.KEEP));
    }

    static Rollback rollback(String run, Rollback.OnConflict onConflict) {
        return new Rollback(run, 1, onConflict, 100, NOW.plusSeconds(60), Cancellation.NEVER);
    }

    void insertBySomeoneElse(Dataset dataset, @Nullable Object... values) {
        Schema schema = dataset.schema();
        List<String> names = schema.names();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        Map<String, Object> key = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            row.put(names.get(i), value);
            if (value != null && schema.key().contains(names.get(i))) {
                key.put(names.get(i), value);
            }
        }
        contract.editBySomeoneElse(dataset, new Edit(Edit.Kind.INSERT, key, row));
    }

    void updateBySomeoneElse(Dataset dataset, Object key, String field, @Nullable Object value) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(field, value);
        contract.editBySomeoneElse(dataset, new Edit(Edit.Kind.UPDATE, key(dataset, key), values));
    }

    void deleteBySomeoneElse(Dataset dataset, Object key) {
        contract.editBySomeoneElse(dataset, new Edit(Edit.Kind.DELETE, key(dataset, key), Map.of()));
    }

    private static Map<String, Object> key(Dataset dataset, Object value) {
        return Map.of(dataset.schema().key().get(0), value);
    }
}
