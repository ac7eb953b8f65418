// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.RowBatch;
import io.gantry.validation.IssueCode;

/** Rejects rows that refer to nothing in another store. Shared by all slots; one of them asks at a time. */
final class ReferenceStage implements RowStage {

    private final ReferenceCheck check;
    private final IssueKinds.Kind kind;

    ReferenceStage(ReferenceCheck check, RowColumns columns) {
        this.check = check;
        this.kind = columns.kind(
                check.reference().fields(),
                IssueCode.REFERENCE_NOT_FOUND.name(),
                IssueCode.REFERENCE_NOT_FOUND.phrase());
    }

    @Override
    public synchronized void apply(RowBatch rows, Verdicts verdicts) {
        boolean[] failing = check.failing(rows, verdicts.rejected());
        for (int row = 0; row < failing.length; row++) {
            if (failing[row]) {
                verdicts.add(row, kind);
            }
        }
    }
}
