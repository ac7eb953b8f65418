// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import java.io.IOException;

/** Writes one file of records. Used by one thread. */
public interface RecordWriter extends AutoCloseable {

    /**
     * Writes all rows of a batch.
     *
     * @param rows its columns are those the writer was opened with, in the same order
     * @throws IOException when the file cannot be written
     */
    void write(RowBatch rows) throws IOException;

    /**
     * Ends the file: only then is it whole.
     *
     * @throws IOException when the rest cannot be written
     */
    @Override
    void close() throws IOException;
}
