// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.FormatOptions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the cells of a sheet are taken.
 *
 * @param fillMerged whether every cell of a merged range has the value of its first
 * @param firstHeaderRow the first of several rows of the sheet that are one header, from 1; 0 without such
 * @param lastHeaderRow the last of them
 */
record SheetOptions(boolean fillMerged, long firstHeaderRow, long lastHeaderRow) {

    static final String MERGED = "merged";
    static final String HEADER_ROWS = "headerRows";

    /** The first cell of a merged range has its value, and each row is a record. */
    static final SheetOptions DEFAULT = new SheetOptions(false, 0, 0);

    private static final Pattern ROWS = Pattern.compile("([1-9][0-9]{0,6})-([1-9][0-9]{0,6})");
    private static final int MOST_HEADER_ROWS = 10;

    static SheetOptions of(FormatOptions options) {
        String merged = options.get(MERGED, "first");
        if (!merged.equals("fill") && !merged.equals("first")) {
            throw options.invalid(MERGED, "'first' or 'fill'");
        }
        String given = options.get(HEADER_ROWS);
        if (given == null) {
            return new SheetOptions(merged.equals("fill"), 0, 0);
        }
        Matcher rows = ROWS.matcher(given);
        long first = rows.matches() ? Long.parseLong(rows.group(1)) : 0;
        long last = first == 0 ? 0 : Long.parseLong(rows.group(2));
        if (last <= first || last - first >= MOST_HEADER_ROWS) {
            throw options.invalid(HEADER_ROWS, "the first and the last of at most 10 rows of the sheet, such as '1-2'");
        }
        return new SheetOptions(merged.equals("fill"), first, last);
    }

    boolean joinsHeader() {
        return firstHeaderRow > 0;
    }

    boolean needsMerges() {
        return fillMerged || joinsHeader();
    }

    boolean isHeader(long row) {
        return row >= firstHeaderRow && row <= lastHeaderRow;
    }
}
