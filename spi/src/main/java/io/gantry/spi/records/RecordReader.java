// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import java.io.IOException;
import java.util.List;

/** Reads the records of one file, from first to last. Used by one thread. */
public interface RecordReader extends AutoCloseable {

    /**
     * Reads the next records. Blank lines are no records. The reader sets the number of the first record and fills the
     * batch until it is full, a good amount of bytes is in it, or the file ends.
     *
     * @param into cleared by the reader first
     * @return false when there are no more records, and the batch is empty
     * @throws IOException when the file cannot be read
     * @throws io.gantry.spi.ProviderException when the file is broken ({@code FILE_UNREADABLE}, or a code that says more) or goes beyond a limit
     *     ({@code LIMIT_EXCEEDED}), with the line in the message
     */
    boolean read(TextBatch into) throws IOException;

    /**
     * How much of the file has been read, for progress.
     *
     * @return bytes of the file as stored, never more than its length
     */
    long consumed();

    /**
     * What a person should know of the part of the file read so far, such as lines that were left out. Complete once
     * {@link #read} returned false; also available after {@link #close}.
     *
     * @return in an order that depends on the file alone; empty unless the format says otherwise
     */
    default List<FileWarning> warnings() {
        return List.of();
    }

    @Override
    void close() throws IOException;
}
