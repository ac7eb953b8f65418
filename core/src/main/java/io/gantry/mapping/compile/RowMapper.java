// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.RowBatch;
import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextReadableFormat.ShortRecords;
import io.gantry.validation.IssueCode;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Turns batches of cells into batches of typed values. Belongs to one thread at a time. */
public final class RowMapper {

    private final RowBatch rows;
    private final ColumnMapper[] columns;
    private final CellIssues issues = new CellIssues();
    private final boolean[] rejected;
    private final int width;
    private final ShortRecords shortRecords;
    private final int lead;
    private final int[] forbidden;
    private final int[] lost;

    RowMapper(CompiledMapping mapping, int capacity) {
        rows = new RowBatch(mapping.fields(), capacity);
        columns = new ColumnMapper[mapping.fields().size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = new ColumnMapper(i, rows.column(i), mapping);
        }
        rejected = new boolean[capacity];
        width = mapping.width();
        shortRecords = mapping.shortRecords();
        lead = mapping.lead();
        forbidden = mapping.forbiddenPlaces();
        lost = IntStream.range(0, columns.length).filter(mapping::isLost).toArray();
    }

    /**
     * Maps records.
     *
     * @param records at most as many as the capacity
     * @param from index of the first record to map
     */
    public void map(TextBatch records, int from) {
        int count = records.size() - from;
        rows.clear();
        issues.clear();
        for (int row = 0; row < count; row++) {
            rows.add(records.number(from + row));
        }
        if (records.hasFaults()) {
            faults(records, from, count);
        }
        if (width > 0) {
            widths(records, from, count);
        }
        for (ColumnMapper column : columns) {
            column.map(records, from, count, issues);
        }
        for (int column : lost) {
            for (int row = 0; row < count; row++) {
                issues.add(row, column, CellParser.fault(IssueCode.MISSING_COLUMN));
            }
        }
        Arrays.fill(rejected, 0, count, false);
        for (int i = 0; i < issues.size(); i++) {
            rejected[issues.row(i)] |= !issues.isWarning(i);
        }
    }

    private void faults(TextBatch records, int from, int count) {
        for (int row = 0; row < count; row++) {
            TextBatch.Fault fault = records.fault(from + row);
            if (fault != null) {
                int code = CellParser.fault(
                        switch (fault) {
                            case TEXT_BEHIND_QUOTE -> IssueCode.TEXT_BEHIND_QUOTE;
                            case TYPOGRAPHIC_QUOTES -> IssueCode.TYPOGRAPHIC_QUOTES;
                        });
                int column = CellIssues.wholeRow(Math.max(1, records.faultPlace(from + row) - lead));
                if (records.isFaultKept(from + row)) {
                    issues.warn(row, column, code);
                } else {
                    issues.add(row, column, code);
                }
            }
        }
    }

    /** The first place behind the header's that has more than blanks; -1 when there is none. */
    private int surplus(TextBatch records, int record) {
        int first = records.first(record);
        for (int place = width; place < records.cells(record); place++) {
            int at = records.start(first + place);
            for (int i = 0; i < records.length(first + place); i++) {
                if (records.buffer()[at + i] != ' ') {
                    return place;
                }
            }
        }
        return -1;
    }

    private void widths(TextBatch records, int from, int count) {
        for (int row = 0; row < count; row++) {
            int cells = records.cells(from + row);
            if (cells > width) {
                int place = surplus(records, from + row);
                if (place >= 0) {
                    issues.add(row, CellIssues.wholeRow(place + 1 - lead), CellParser.fault(IssueCode.EXTRA_CELLS));
                }
            } else if (cells < width && shortRecords == ShortRecords.FILLED) {
                issues.warn(row, CellIssues.WHOLE_ROW, CellParser.fault(IssueCode.MISSING_CELLS));
            } else if (cells < width && shortRecords == ShortRecords.REJECTED) {
                issues.add(row, CellIssues.WHOLE_ROW, CellParser.fault(IssueCode.MISSING_CELLS));
            }
            int first = records.first(from + row);
            for (int place : forbidden) {
                if (place < cells && records.length(first + place) > 0) {
                    issues.add(row, CellIssues.WHOLE_ROW, CellParser.fault(IssueCode.UNKNOWN_COLUMN));
                    break;
                }
            }
        }
    }

    /**
     * The values of the records mapped last; those of bad cells are missing.
     *
     * @return all rows, also the rejected ones, until someone drops them
     */
    public RowBatch rows() {
        return rows;
    }

    /**
     * The bad cells of the records mapped last.
     *
     * @return valid until the next call of {@link #map}
     */
    public CellIssues issues() {
        return issues;
    }

    /**
     * Which of the records mapped last are rejected.
     *
     * @return by index of the batch before bad rows are dropped
     */
    public boolean[] rejected() {
        return rejected;
    }

    /**
     * How a cell of a field should look.
     *
     * @param column index of the mapping's columns
     * @return such as {@code dd/MM/uuuu}; empty when there is no more to say than the code says
     */
    public String expected(int column) {
        return columns[column].expected();
    }
}
