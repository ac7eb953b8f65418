// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The merged ranges of a sheet, from top to bottom, and the values of those that the row being read is in: the first cell of
 * a range has the value of all.
 */
final class MergedCells {

    private static final int MOST = 1 << 16;
    private static final int MOST_COLUMNS = 16_384;
    private static final Pattern RANGE =
            Pattern.compile("\\$?([A-Z]{1,3})\\$?([0-9]{1,7}):\\$?([A-Z]{1,3})\\$?([0-9]{1,7})");
    private static final long ROOT = XmlScanner.name("worksheet");
    private static final long LIST = XmlScanner.name("mergeCells");
    private static final long MERGED = XmlScanner.name("mergeCell");
    private static final long REFERENCE = XmlScanner.name("ref");

    private final List<Range> ranges;
    private final List<Open> open = new ArrayList<>();
    private int next;

    /**
     * A merged range; rows and columns from 1.
     *
     * @param name such as {@code A2:A4}
     */
    record Range(String name, long top, int left, long bottom, int right) {}

    /** A range that the row being read is in, with its value. */
    private static final class Open {
        private final Range range;
        private byte[] bytes = {};
        private byte kind;
        private int exact;
        private int shown;

        Open(Range range) {
            this.range = range;
        }

        void set(byte[] value, byte kindOfValue, int exactLength, int shownLength) {
            bytes = value;
            kind = kindOfValue;
            exact = exactLength;
            shown = shownLength;
        }
    }

    private MergedCells(List<Range> ranges) {
        this.ranges = ranges;
    }

    /** The merged ranges of a sheet: they stand behind its rows, so the whole part is gone through. */
    static List<Range> list(Archive archive, String path, Supplier<String> where) throws IOException {
        List<Range> ranges = new ArrayList<>();
        try (XmlScanner xml = new XmlScanner(archive.part(path, where))) {
            for (var event = xml.next(); event != XmlScanner.Event.DONE; event = xml.next()) {
                if (event == XmlScanner.Event.END) {
                    continue;
                }
                if (xml.depth() == 1) {
                    xml.mustBe(ROOT, "a sheet of cells");
                } else if (xml.depth() == 2 && xml.name() != LIST) {
                    xml.skip();
                } else if (xml.depth() == 3 && xml.name() == MERGED && ranges.size() < MOST) {
                    Matcher range = RANGE.matcher(String.valueOf(xml.value(REFERENCE)));
                    if (range.matches()) {
                        ranges.add(range(range));
                    }
                }
            }
        }
        ranges.sort(Comparator.comparingLong(Range::top).thenComparingInt(Range::left));
        return ranges;
    }

    private static Range range(Matcher range) {
        return new Range(
                range.group(),
                Long.parseLong(range.group(2)),
                column(range.group(1)),
                Long.parseLong(range.group(4)),
                column(range.group(3)));
    }

    private static int column(String letters) {
        int column = 0;
        for (int i = 0; i < letters.length(); i++) {
            column = column * 26 + letters.charAt(i) - 'A' + 1;
        }
        return column;
    }

    static MergedCells of(List<Range> ranges) {
        return new MergedCells(ranges);
    }

    /**
     * Gives the empty cells of a row the values of the ranges they belong to.
     *
     * @param row its number, rows coming in order
     * @param used where the batch's buffer is free
     * @param most no more is filled when that place of the buffer is passed
     * @return where it is free then; -1 when ranges overlap, which no spreadsheet program makes
     */
    int fill(long row, RowCells cells, TextBatch into, int used, long most) {
        open.removeIf(range -> range.range.bottom() < row);
        while (next < ranges.size() && ranges.get(next).top() <= row) {
            Range range = ranges.get(next++);
            if (range.bottom() >= row) {
                Open opened = new Open(range);
                if (range.top() == row && !cells.isEmpty(range.left() - 1)) {
                    cells.take(range.left() - 1, into, opened::set);
                }
                open.add(opened);
            }
        }
        if (open.stream()
                        .mapToLong(range -> range.range.right() - range.range.left() + 1L)
                        .sum()
                > MOST_COLUMNS) {
            return -1;
        }
        int at = used;
        for (Open range : open) {
            if (range.bytes.length > 0) {
                at = fill(range, row, cells, into, at, most);
            }
        }
        return at;
    }

    private static int fill(Open open, long row, RowCells cells, TextBatch into, int used, long most) {
        int at = used;
        Range range = open.range;
        for (int column = range.left() - 1; column < range.right() && at <= most; column++) {
            boolean first = row == range.top() && column == range.left() - 1;
            if (!first && cells.isEmpty(column)) {
                int length = open.bytes.length;
                System.arraycopy(open.bytes, 0, into.ensure(at + length), at, length);
                cells.put(column, at, length - open.exact - open.shown, open.kind);
                cells.forms(column, open.exact, open.shown);
                at += length;
            }
        }
        return at;
    }
}
