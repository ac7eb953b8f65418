// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.records;

import io.gantry.spi.file.FileContent;
import java.io.IOException;
import java.util.Set;

/**
 * A kind of file that holds records, such as CSV. What else a format can do it says by the capability interfaces
 * {@link WritableFormat}, {@link DetectingFormat} and {@link CopyingFormat}.
 *
 * <p>Found by {@link java.util.ServiceLoader} or handed to the engine's builder. Implementations have no state and are
 * safe for use by several threads.
 */
public interface RecordFormat {

    /**
     * The name that definitions use.
     *
     * @return lower case, such as {@code csv}
     */
    String name();

    /**
     * The names of the options it understands when reading or writing.
     *
     * @return unmodifiable; a definition with any other option is refused
     */
    Set<String> optionNames();

    /**
     * Checks the options of a definition.
     *
     * @param options names are known to be among {@link #optionNames}
     * @throws io.gantry.spi.ProviderException with code {@code INVALID_OPTION} for the first that makes no sense, naming
     *     it, its value and what would be right
     */
    void check(FormatOptions options);

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
