// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.file.FileContent;
import java.io.IOException;

/** A format whose records are read as cells of text, which a mapping converts to typed values: CSV and workbooks, for example. */
public interface TextReadableFormat extends RecordFormat {

    /**
     * Whether a record ends with its last cell that has content, as the rows of spreadsheets do: then a record with fewer
     * cells than the header is whole, and else it has lost some.
     *
     * @return false unless the format says otherwise
     */
    default boolean endsAtLastCell() {
        return false;
    }

    /**
     * What becomes of records that have fewer cells than the header.
     *
     * @param options checked before
     * @return {@link ShortRecords#WHOLE} where records end at their last cell, else {@link ShortRecords#REJECTED}, unless the
     *     format says otherwise
     */
    default ShortRecords shortRecords(FormatOptions options) {
        return endsAtLastCell() ? ShortRecords.WHOLE : ShortRecords.REJECTED;
    }

    /** What becomes of records that have fewer cells than the header. */
    enum ShortRecords {
        /** They are ordinary: the missing cells are empty. */
        WHOLE,
        /** The missing cells are taken for empty, with a warning. */
        FILLED,
        /** They are rejected. */
        REJECTED
    }

    /**
     * Whether texts that a spreadsheet would take for formulas have an apostrophe in front in its files, which is then no part
     * of the text.
     *
     * @param options checked before
     * @return false unless the format says otherwise
     */
    default boolean guardsFormulas(FormatOptions options) {
        return false;
    }

    /**
     * Opens a file for reading from its first record. Nothing but the header of the file may be read yet.
     *
     * @param file what to read; stays the caller's
     * @param options checked before
     * @param limits what the file may cost
     * @return to be closed by the caller
     * @throws IOException when the file cannot be read
     * @throws io.gantry.spi.ProviderException when it is not of this format ({@code FILE_UNREADABLE}) or goes beyond a
     *     limit ({@code LIMIT_EXCEEDED})
     */
    RecordReader reader(FileContent file, FormatOptions options, Limits limits) throws IOException;
}
