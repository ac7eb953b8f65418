// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.RowChange;
import io.gantry.spi.dataset.RowIssues;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads rows into a dataset. */
final class DatasetOutput implements Output {

    private static final int CHANGES_SHOWN = 20;
    private static final String HIDDEN = "•••";

    private final WritableDataset dataset;
    private final Load load;
    private final boolean preview;
    private final DatasetWriter writer;
    private int begun;

    DatasetOutput(WritableDataset dataset, Load load, boolean preview) {
        this.dataset = dataset;
        this.load = load;
        this.preview = preview;
        this.writer = dataset.write(load);
        if (preview) {
            if (!(writer instanceof DatasetWriter.Previewing previewing)) {
                writer.close();
                throw new GantryException(
                        ErrorCode.DATASET_UNFIT, "Dataset '" + dataset.name() + "' cannot preview a load");
            }
            previewing.previewOnly();
        }
    }

    @Override
    public void restart() {
        if (++begun > 2) {
            throw new GantryException(
                    ErrorCode.INTERNAL, "Dataset '" + dataset.name() + "' wanted the rows more than twice");
        }
    }

    @Override
    public void rejected(RowBatch rows, boolean[] dropped) {
        if (load.mode() == LoadMode.REPLACE) {
            RejectedKeys.tell(rows, dropped, load.rules().key(), writer);
        }
    }

    @Override
    public boolean write(RowBatch rows) {
        return writer.stage(rows);
    }

    @Override
    public Outcome check(RowIssues issues) {
        return writer.check(issues);
    }

    @Override
    public List<RowChange> changes() {
        List<RowChange> changes = new ArrayList<>();
        if (preview) {
            ((DatasetWriter.Previewing) writer).preview(CHANGES_SHOWN, change -> changes.add(hide(change)));
        }
        return changes;
    }

    @Override
    public @Nullable String file() {
        return null;
    }

    @Override
    public void apply() {
        writer.apply();
    }

    @Override
    public void close() {
        writer.close();
    }

    /** Values of sensitive fields are not shown in a preview. */
    private RowChange hide(RowChange change) {
        Set<String> hidden = new LinkedHashSet<>();
        dataset.schema().fields().stream()
                .filter(field -> field.sensitivity().hidesValues())
                .map(Field::name)
                .forEach(hidden::add);
        if (hidden.isEmpty()) {
            return change;
        }
        List<@Nullable Object> key = new ArrayList<>();
        for (int i = 0; i < change.key().size(); i++) {
            key.add(
                    hidden.contains(load.rules().key().get(i))
                            ? HIDDEN
                            : change.key().get(i));
        }
        List<RowChange.FieldChange> fields = change.fields().stream()
                .map(field -> hidden.contains(field.field())
                        ? new RowChange.FieldChange(
                                field.field(),
                                field.before() == null ? null : HIDDEN,
                                field.after() == null ? null : HIDDEN)
                        : field)
                .toList();
        return new RowChange(change.kind(), change.number(), key, fields);
    }
}
