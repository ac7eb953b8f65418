// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.DatasetWriter;
import io.gantry.spi.dataset.Load;
import io.gantry.spi.dataset.LoadMode;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.dataset.WritableDataset;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Reference;
import io.gantry.spi.schema.Schema;
import java.util.List;
import java.util.Set;

/** A table without a key: rows can only be added, and could not be found again to be taken back. */
public record JdbcKeylessTable(TableAccess access)
        implements ReadableDataset, WritableDataset, LookupDataset, MarkedDataset {

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
        return Set.of(LoadMode.INSERT);
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
    public boolean[] contains(List<String> fields, RowBatch keys) {
        return access.contains(fields, keys);
    }

    @Override
    public String mark() {
        return access.mark();
    }
}
