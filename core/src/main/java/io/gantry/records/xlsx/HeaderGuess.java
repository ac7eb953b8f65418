// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.util.List;

/**
 * Which record of a sheet seems to hold the names of its columns: a row of distinct words above rows with numbers or
 * dates. Titles above it fill few columns. Of a header of several rows it is the one that fills most columns.
 *
 * @param record from 1; 0 when there is none
 * @param confidence 0 to 1
 * @param reason for people
 * @param table whether there is also something below it
 */
record HeaderGuess(int record, double confidence, String reason, boolean table) {

    /** A header with more rows than this is not thought of. */
    private static final int DEEPEST = 4;

    static HeaderGuess of(SheetSample sample) {
        List<SheetSample.Row> rows = sample.rows();
        if (rows.isEmpty()) {
            return new HeaderGuess(0, 0.5, "the sheet has no rows", false);
        }
        int data = 0;
        while (data < rows.size()
                && (!sample.isWide(rows.get(data)) || rows.get(data).typed().isEmpty())) {
            data++;
        }
        return data == rows.size() ? amongWords(sample) : above(sample, data);
    }

    /** The header above the first row of data. */
    private static HeaderGuess above(SheetSample sample, int data) {
        List<SheetSample.Row> rows = sample.rows();
        int header = -1;
        int lines = 0;
        for (int i = data - 1;
                i >= Math.max(0, data - DEEPEST) && rows.get(i).typed().isEmpty();
                i--) {
            SheetSample.Row row = rows.get(i);
            if (sample.isWide(row) && row.isLabels()) {
                lines++;
                header = header < 0 || row.filled() >= rows.get(header).filled() ? i : header;
            }
        }
        long line = rows.get(data).line();
        if (header < 0) {
            String reason = "row " + line + " is the first that fills the columns, and holds numbers or dates already";
            return new HeaderGuess(0, data == 0 ? 0.8 : 0.5, reason, true);
        }
        String reason = "row " + rows.get(header).line() + " holds "
                + rows.get(header).filled()
                + " distinct labels; from row " + line + " on there are numbers or dates in "
                + rows.get(data).typed().size() + " columns" + before(header)
                + (lines > 1
                        ? "; " + lines + " rows may be a header together, this one fills most columns: the option"
                                + " 'headerRows' joins them"
                        : "");
        return new HeaderGuess(header + 1, lines > 1 ? 0.7 : header > 0 ? 0.9 : 0.95, reason, true);
    }

    /** The header of a sheet that holds nothing but words: the first row that fills the columns. */
    private static HeaderGuess amongWords(SheetSample sample) {
        List<SheetSample.Row> rows = sample.rows();
        for (int i = 0; i < rows.size(); i++) {
            SheetSample.Row row = rows.get(i);
            if (sample.isWide(row)) {
                boolean below = i + 1 < rows.size();
                String reason = "row " + row.line() + " is the first that fills the columns" + before(i)
                        + (below ? "; all below are words too" : "; nothing is below it");
                return row.isLabels()
                        ? new HeaderGuess(i + 1, 0.6, reason, below)
                        : new HeaderGuess(0, 0.5, reason + ", but it holds a word twice", below);
            }
        }
        return new HeaderGuess(0, 0.5, "no row fills the columns", false);
    }

    private static String before(int rows) {
        return rows == 0 ? "" : "; " + rows + (rows == 1 ? " row" : " rows") + " before it";
    }
}
