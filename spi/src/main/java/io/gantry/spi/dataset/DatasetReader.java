// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.records.RowBatch;

/** Reads rows once, from first to last. Used by one thread. */
public interface DatasetReader extends AutoCloseable {

    /**
     * Reads the next rows.
     *
     * @param into a batch of the selected fields in the selected order; cleared by the reader first, then filled with
     *     rows numbered from 1 in ascending order
     * @return false when there are no more rows, and the batch is empty
     */
    boolean read(RowBatch into);

    @Override
    void close();
}
