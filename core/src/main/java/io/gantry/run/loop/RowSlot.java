// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import java.util.List;

/** A slot whose rows are read with their types. */
final class RowSlot extends Slot {

    private final RowBatch rows;

    RowSlot(List<Field> fields, int capacity, List<RowStage> stages) {
        super(capacity, stages);
        this.rows = new RowBatch(fields, capacity);
    }

    @Override
    RowBatch rows() {
        return rows;
    }

    @Override
    int size() {
        return rows.size();
    }

    @Override
    void convert() {
        // they have their types already
    }
}
