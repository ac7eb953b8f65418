// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.validation.IssueCode;
import java.util.Arrays;

/** The bad cells of one batch, as numbers. Filled by one thread, then read by another. */
public final class CellIssues {

    /** Stands for a column when the row as a whole is bad. */
    public static final int WHOLE_ROW = -1;

    /**
     * Stands for a column when the row as a whole is bad because of one of its cells, which need not belong to a field.
     *
     * @param place of the cell in the file, from 1
     */
    static int wholeRow(int place) {
        return WHOLE_ROW - place;
    }

    /**
     * The cell because of which a row as a whole is bad.
     *
     * @param column of an issue
     * @return its place in the file, from 1; 0 when there is no single cell
     */
    public static int place(int column) {
        return Math.max(0, WHOLE_ROW - column);
    }

    private int[] rows = new int[64];
    private int[] columns = new int[64];
    private int[] faults = new int[64];
    private int size;

    CellIssues() {}

    void clear() {
        size = 0;
    }

    void add(int row, int column, int fault) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
            columns = Arrays.copyOf(columns, size * 2);
            faults = Arrays.copyOf(faults, size * 2);
        }
        rows[size] = row;
        columns[size] = column;
        faults[size++] = fault;
    }

    /** A bad cell that does not reject its row. */
    void warn(int row, int column, int fault) {
        add(row, column, -fault);
    }

    /**
     * The number of issues.
     *
     * @return 0 or more
     */
    public int size() {
        return size;
    }

    /**
     * The row of an issue.
     *
     * @param issue from 0
     * @return an index of the batch before bad rows were dropped
     */
    public int row(int issue) {
        return rows[issue];
    }

    /**
     * The field of an issue.
     *
     * @param issue from 0
     * @return an index of the mapping's columns, or {@link #WHOLE_ROW} or less, see {@link #place}
     */
    public int column(int issue) {
        return columns[issue];
    }

    /**
     * The code of an issue.
     *
     * @param issue from 0
     * @return why
     */
    public IssueCode code(int issue) {
        return CellParser.code(Math.abs(faults[issue]));
    }

    /**
     * Whether the row is kept all the same.
     *
     * @param issue from 0
     * @return true for a warning
     */
    public boolean isWarning(int issue) {
        return faults[issue] < 0;
    }
}
