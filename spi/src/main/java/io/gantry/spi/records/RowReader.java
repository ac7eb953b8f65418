// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

/** Reads typed rows once, from first to last: those of a dataset, or of a file whose format knows its schema. Used by one thread. */
public interface RowReader extends AutoCloseable {

    /**
     * Reads the next rows.
     *
     * @param into a batch of the selected fields in the selected order; cleared by the reader first, then filled with rows
     *     numbered from 1 in ascending order
     * @return false when there are no more rows, and the batch is empty
     * @throws java.io.UncheckedIOException when the rows cannot be read
     * @throws io.gantry.spi.ProviderException when the store or the file refuses
     */
    boolean read(RowBatch into);

    @Override
    void close();
}
