// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.RowBatch;
import java.util.List;

/** A place in the ring of batches: what was read, and the rows made of it. One thread has it at a time. */
abstract class Slot {

    final Verdicts verdicts;
    private final List<RowStage> stages;
    /** How many bytes of the input have been read with this batch. */
    long consumed;

    long readNanos;
    long workNanos;

    Slot(int capacity, List<RowStage> stages) {
        this.verdicts = new Verdicts(capacity);
        this.stages = stages;
    }

    /** The rows: all that were read, until {@link Flow} drops some. */
    abstract RowBatch rows();

    /** Makes rows of what was read, and says what is wrong with each; the verdicts are clear. */
    abstract void convert();

    /** How many rows the slot has before they are converted. */
    abstract int size();

    /** Converts what was read and has all stages look at it. */
    final Slot work() {
        long begin = System.nanoTime();
        verdicts.clear(size());
        convert();
        RowBatch rows = rows();
        if (rows.size() > 0) {
            for (RowStage stage : stages) {
                stage.apply(rows, verdicts);
            }
        }
        workNanos = System.nanoTime() - begin;
        return this;
    }
}
