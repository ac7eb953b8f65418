// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.FencedDataset;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Rollback;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A table whose rows a key tells apart: it can do everything. */
public record JdbcTable(TableAccess access) implements ReadableDataset, FencedDataset, LookupDataset, MarkedDataset {

    @Override
    public String name() {
        return access.name();
    }

    @Override
    public Schema schema() {
        return access.schema();
    }

    @Override
    public DatasetReader read(Selection selection) {
        return access.read(selection);
    }

    @Override
    public Set<LoadMode> modes() {
        return Set.of(LoadMode.values());
    }

    @Override
    public boolean resolves(Reference reference) {
        return access.resolves(reference);
    }

    @Override
    public DatasetWriter write(Load load) {
        return access.write(load);
    }

    @Override
    public Optional<AppliedRun> applied(String run) {
        return access.applied(run);
    }

    @Override
    public Optional<AppliedRun> fence(String run, int attempt) {
        return access.fence(run, attempt);
    }

    @Override
    public RollbackOutcome previewRollback(Rollback rollback) {
        return access.rollBack(rollback, true);
    }

    @Override
    public RollbackOutcome rollBack(Rollback rollback) {
        return access.rollBack(rollback, false);
    }

    @Override
    public boolean forgetUndo(String run) {
        return access.forgetUndo(run);
    }

    @Override
    public boolean[] contains(List<String> fields, RowBatch keys) {
        return access.contains(fields, keys);
    }

    @Override
    public String mark() {
        return access.mark();
    }
}
