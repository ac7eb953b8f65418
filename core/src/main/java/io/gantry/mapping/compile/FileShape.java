// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import java.util.List;

/**
 * What a mapping must know of a file to be compiled for it.
 *
 * @param header names of the file's columns; empty when it has none
 * @param shortRecords what becomes of records with fewer cells than the header
 * @param guarded whether texts that look like formulas have an apostrophe in front that is no part of them
 * @param lead how many cells at the beginning of each record are none of the file's: those that a file of rejects has in
 *     front; the header is without them
 */
public record FileShape(List<String> header, ShortRecords shortRecords, boolean guarded, int lead) {

    /** A file without a header, of which nothing special is known. */
    public static final FileShape PLAIN = new FileShape(List.of(), ShortRecords.WHOLE, false, 0);

    public FileShape {
        header = List.copyOf(header);
    }
}
