// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.util.Arrays;

/** What the stages of a flow say of the rows of one batch. Written by one thread, then read by another. */
final class Verdicts {

    private final boolean[] rejected;
    private final boolean[] skipped;
    private int[] rows = new int[16];
    private IssueKinds.Kind[] kinds = new IssueKinds.Kind[16];
    private int issues;

    /**
     * @param capacity greatest number of rows of a batch
     */
    Verdicts(int capacity) {
        rejected = new boolean[capacity];
        skipped = new boolean[capacity];
    }

    /** Forgets everything, for a batch of so many rows. */
    void clear(int size) {
        Arrays.fill(rejected, 0, size, false);
        Arrays.fill(skipped, 0, size, false);
        issues = 0;
    }

    /**
     * Adds an issue of a row. The row is rejected unless the issue is a warning.
     *
     * @param row index in the batch
     * @param kind made once, not per row
     */
    void add(int row, IssueKinds.Kind kind) {
        if (issues == rows.length) {
            rows = Arrays.copyOf(rows, issues * 2);
            kinds = Arrays.copyOf(kinds, issues * 2);
        }
        rows[issues] = row;
        kinds[issues++] = kind;
        rejected[row] |= !kind.warning();
    }

    /** Leaves a row out without an issue: it is none of this run's. */
    void skip(int row) {
        skipped[row] = true;
    }

    /** By row: whether it is rejected. Not to be written to. */
    boolean[] rejected() {
        return rejected;
    }

    boolean isSkipped(int row) {
        return skipped[row];
    }

    int issues() {
        return issues;
    }

    int row(int issue) {
        return rows[issue];
    }

    IssueKinds.Kind kind(int issue) {
        return kinds[issue];
    }
}
