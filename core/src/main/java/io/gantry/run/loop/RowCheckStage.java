// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.dataset.CheckingDataset.RowCheck;
import io.gantry.spi.records.RowBatch;

/** Has a dataset check rows by rules of its own. Safe for use by several threads. */
record RowCheckStage(RowCheck check, RowColumns columns) implements RowStage {

    @Override
    public void apply(RowBatch rows, Verdicts verdicts) {
        long first = rows.number(0);
        check.check(
                rows,
                verdicts.rejected(),
                (number, fields, code, message) ->
                        verdicts.add((int) (number - first), columns.kind(fields, code, message)));
    }
}
