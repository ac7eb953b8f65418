// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.records.RowBatch;
import io.gantry.spi.schema.Field;
import java.util.List;

/** A dataset that has rules of its own for single rows, beyond what its schema can say. */
public interface CheckingDataset extends Dataset {

    /**
     * Makes the check for a load.
     *
     * @param fields what the batches will hold
     * @return safe for use by several threads
     */
    RowCheck rowCheck(List<Field> fields);

    /** Checks rows one by one. */
    @FunctionalInterface
    interface RowCheck {
        /**
         * Checks the rows of a batch.
         *
         * @param rows values of fields that failed an earlier check are null
         * @param rejected for each row whether it failed an earlier check
         * @param issues is told of each failed check
         */
        void check(RowBatch rows, boolean[] rejected, RowIssues issues);
    }
}
