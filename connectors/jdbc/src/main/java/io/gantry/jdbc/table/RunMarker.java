// SPDX-License-Identifier: Apache-2.0
package io.gantry.jdbc.table;

import io.gantry.spi.dataset.AppliedRun;
import io.gantry.spi.dataset.DatasetWriter.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run's row in {@code gantry_run}.
 *
 * @param number tells the run's rows in other tables; grows with time
 * @param run its id
 * @param outcome what it did
 * @param appliedAt the load's time
 * @param undo whether it can be taken back
 * @param images the name of the table with its rows' images
 * @param transaction PostgreSQL's id of the transaction, by which the rows it wrote are known; 0 elsewhere
 * @param reversed counts of its rollback; 0 before
 * @param kept as above
 * @param failed as above
 */
record RunMarker(
        long number,
        String run,
        Outcome outcome,
        Instant appliedAt,
        AppliedRun.Undo undo,
        @Nullable String images,
        long transaction,
        long reversed,
        long kept,
        long failed) {

    AppliedRun toAppliedRun() {
        return new AppliedRun(run, outcome, appliedAt, undo);
    }
}
