// SPDX-License-Identifier: Apache-2.0
package io.gantry.mapping.compile;

import io.gantry.spi.records.Column;
import io.gantry.spi.records.TextBatch;
import io.gantry.validation.IssueCode;

/**
 * Reads cells as values of one type and checks them. It stands on the hot path: nothing is allocated for a good cell, and a
 * bad one is a number. An instance belongs to one thread.
 *
 * @param <C> the kind of column it fills
 */
abstract class CellParser<C extends Column> {

    /**
     * The cell was good. What is greater is the {@link #fault} of a code; what is less is that of a warning, negated: the value
     * is set.
     */
    static final int OK = 0;

    final C out;

    CellParser(C out) {
        this.out = out;
    }

    /** The number that stands for a code. */
    static int fault(IssueCode code) {
        return code.ordinal() + 1;
    }

    /** The code that a number stands for. */
    static IssueCode code(int fault) {
        return CODES[fault - 1];
    }

    private static final IssueCode[] CODES = IssueCode.values();

    /** Called before the first cell of a batch with the buffer most cells will be in. */
    void begin(byte[] buffer) {}

    /**
     * Reads a cell that is text, not empty and trimmed if the type or the mapping wants it, and sets the column's value.
     *
     * @return {@link #OK}, or what is wrong: then the value is left unset
     */
    abstract int parse(byte[] bytes, int start, int end, int row);

    /** Whether a value was set. */
    static boolean isGood(int fault) {
        return fault <= OK;
    }

    /** Reads a cell to which the file itself gives a type: numbers in plain, times in ISO notation. */
    int parseTyped(byte kind, byte[] bytes, int start, int end, int row) {
        return kind == TextBatch.Kind.ERROR ? fault(IssueCode.CELL_ERROR) : parse(bytes, start, end, row);
    }

    /** Whether the file itself says that a cell is a number: it is in plain notation with a point. */
    static boolean isNumber(byte kind) {
        return kind == TextBatch.Kind.NUMBER
                || kind == TextBatch.Kind.LONG_NUMBER
                || kind == TextBatch.Kind.EXACT_NUMBER;
    }

    /** What a cell should look like, to be put behind the phrase of a type's code; may be empty. */
    String expected() {
        return "";
    }
}
