// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The first records of a sheet, for a guess at what they are.
 *
 * @param rows the records
 * @param width how many columns most of them reach
 */
record SheetSample(List<Row> rows, int width) {

    /** How many records are looked at. */
    static final int MOST = 200;

    private static final int MOST_CELLS = 200;
    private static final Pattern NUMBER_OR_DATE = Pattern.compile(
            "[-+(]?\\p{Sc}?\\s?[0-9][0-9.,' \u00A0]*[%)]?|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.{0,20}");

    /**
     * One record.
     *
     * @param line the sheet's row
     * @param length cells up to its last that is not empty
     * @param filled cells that are not empty
     * @param typed columns, from 0, whose cells are no words but numbers, dates, truth values or errors
     * @param labels its words, in lower case
     */
    record Row(long line, int length, int filled, Set<Integer> typed, List<String> labels) {

        /** Whether nothing but words, each another, stands in it. */
        boolean isLabels() {
            return typed.isEmpty() && new HashSet<>(labels).size() == labels.size();
        }
    }

    static SheetSample read(Workbook workbook, Workbook.Sheet sheet, String path, SheetOptions options)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        TextBatch one = new TextBatch(1);
        try (SheetReader reader = new SheetReader(workbook, sheet, path, options)) {
            while (rows.size() < MOST && reader.read(one)) {
                rows.add(row(one));
                one.clear();
                reader.begin();
            }
        }
        int[] lengths = rows.stream().mapToInt(Row::length).sorted().toArray();
        return new SheetSample(List.copyOf(rows), lengths.length == 0 ? 0 : lengths[lengths.length / 2]);
    }

    private static Row row(TextBatch batch) {
        Set<Integer> typed = new HashSet<>();
        List<String> labels = new ArrayList<>();
        int cells = Math.min(MOST_CELLS, batch.cells(0));
        for (int place = 0; place < cells; place++) {
            int cell = batch.first(0) + place;
            if (batch.length(cell) > 0) {
                String text = batch.text(0, place).strip().toLowerCase(Locale.ROOT);
                boolean words = batch.kind(cell) == TextBatch.Kind.TEXT
                        && !(text.length() < 40 && NUMBER_OR_DATE.matcher(text).matches());
                if (words) {
                    labels.add(text);
                } else {
                    typed.add(place);
                }
            }
        }
        return new Row(batch.line(0), cells, labels.size() + typed.size(), typed, labels);
    }

    /** Whether a record fills most of the columns. */
    boolean isWide(Row row) {
        return row.filled() * 5 >= Math.min(width, MOST_CELLS) * 3;
    }
}
