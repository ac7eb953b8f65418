// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.spi.dataset.DatasetReader;
import io.gantry.spi.dataset.LookupDataset;
import io.gantry.spi.dataset.MarkedDataset;
import io.gantry.spi.dataset.ReadableDataset;
import io.gantry.spi.dataset.Selection;
import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Schema;
import java.util.List;

/** A view, or a table that is only to be read. */
public record JdbcView(TableAccess access) implements ReadableDataset, LookupDataset, MarkedDataset {

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
    public boolean[] contains(List<String> fields, RowBatch keys) {
        return access.contains(fields, keys);
    }

    @Override
    public String mark() {
        return access.mark();
    }
}
