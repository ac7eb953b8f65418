// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.RowBatch;

/**
 * One step between the reader and the writer of a flow. Compiled once for one schema. An instance belongs to one slot, and so to
 * one thread at a time, unless several slots share it: then it is safe for use by several threads.
 */
@FunctionalInterface
interface RowStage {

    /**
     * Looks at a batch, and changes its values or marks its rows. Allocates nothing per row.
     *
     * @param rows all rows that were read, those that are marked already included
     * @param verdicts of these rows
     */
    void apply(RowBatch rows, Verdicts verdicts);
}
