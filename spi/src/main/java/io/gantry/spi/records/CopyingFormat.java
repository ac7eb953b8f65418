// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** A format whose records can be copied into another file as they are, with further cells in front of them. */
public interface CopyingFormat extends TextReadableFormat {

    /**
     * Begins a file of copies.
     *
     * @param out where to write; closed by the copier
     * @param options of the file the records come from, checked before
     * @return to be closed by the caller
     * @throws IOException when it cannot be written
     */
    RecordCopier copier(OutputStream out, FormatOptions options) throws IOException;

    /** Writes copies of records. Used by one thread. */
    interface RecordCopier extends AutoCloseable {

        /**
         * Writes a record made of new cells and, behind them, a record that was read. Where the format has no way to write
         * a new cell as it is, the cell is changed, and {@link #warnings} says so: a copy never fails for its new cells.
         *
         * @param front the new cells
         * @param records where the record is
         * @param record its index there
         * @param skip how many cells at the beginning of the record are left out; the raw bytes of a record can be copied
         *     only when it is 0
         * @throws IOException when it cannot be written
         */
        void copy(List<String> front, TextBatch records, int record, int skip) throws IOException;

        /**
         * Writes a record made of new cells only.
         *
         * @param cells the cells
         * @throws IOException when it cannot be written
         */
        void write(List<String> cells) throws IOException;

        /**
         * What a person should know of the copies written so far.
         *
         * @return empty unless the format says otherwise
         */
        default List<FileWarning> warnings() {
            return List.of();
        }

        @Override
        void close() throws IOException;
    }
}
