// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import io.gantry.spi.records.TextBatch;
import io.gantry.spi.records.TextBatch.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The cells of one row by their columns, until all are known: slices of a batch's buffer. */
final class RowCells {

    private int width;
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private byte[] kinds = new byte[64];
    private int[] exacts = new int[64];
    private int[] showns = new int[64];
    private boolean formed;

    /** How many columns it has, up to the last with a cell. */
    int width() {
        return width;
    }

    /** Puts a cell into a column, from 0; one that is there already is replaced. */
    void put(int column, int start, int length, byte kind) {
        if (column >= starts.length) {
            int capacity = Math.max(column + 1, starts.length * 2);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
            kinds = Arrays.copyOf(kinds, capacity);
            exacts = Arrays.copyOf(exacts, capacity);
            showns = Arrays.copyOf(showns, capacity);
        }
        starts[column] = start;
        lengths[column] = length;
        kinds[column] = kind;
        width = Math.max(width, column + 1);
    }

    /** Says of a cell how long its other forms are, see {@link TextBatch#forms}. */
    void forms(int column, int exact, int shown) {
        exacts[column] = exact;
        showns[column] = shown;
        formed = true;
    }

    /** Whether a column has nothing. */
    boolean isEmpty(int column) {
        return column >= width || lengths[column] == 0 && kinds[column] == Kind.TEXT;
    }

    /** Takes a cell with its other forms behind it. */
    interface Taker {
        void take(byte[] bytes, byte kind, int exact, int shown);
    }

    /** Hands over a copy of a cell. */
    void take(int column, TextBatch from, Taker to) {
        int length = lengths[column] + exacts[column] + showns[column];
        byte[] bytes = Arrays.copyOfRange(from.buffer(), starts[column], starts[column] + length);
        to.take(bytes, kinds[column], exacts[column], showns[column]);
    }

    /** The text of a cell; empty when there is none. */
    String text(int column, TextBatch from) {
        return column >= width
                ? ""
                : new String(from.buffer(), starts[column], lengths[column], StandardCharsets.UTF_8);
    }

    /** Forgets the cells. */
    void clear() {
        Arrays.fill(lengths, 0, width, 0);
        Arrays.fill(kinds, 0, width, Kind.TEXT);
        if (formed) {
            Arrays.fill(exacts, 0, width, 0);
            Arrays.fill(showns, 0, width, 0);
            formed = false;
        }
        width = 0;
    }

    /** Adds the cells to the record of a batch, and forgets them. */
    void moveTo(TextBatch into) {
        for (int i = 0; i < width; i++) {
            into.cell(starts[i], lengths[i]);
            into.kind(kinds[i]);
            if (formed && exacts[i] + showns[i] > 0) {
                into.forms(exacts[i], showns[i]);
            }
        }
        clear();
    }
}
