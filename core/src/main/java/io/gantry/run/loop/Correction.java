// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.ErrorCode;
import io.gantry.GantryException;
import io.gantry.spi.records.TextBatch;
import java.util.BitSet;

/**
 * Knows the rows that a run rejected, and recognises them in the file that mends them. Rows are known by their number in the
 * first file, however often they are mended. Immutable.
 */
final class Correction {

    private final BitSet rejected;
    private final boolean fromRejects;

    /**
     * @param rejected numbers of the rows that the corrected run rejected
     * @param fromRejects whether the file is a file of rejects, with the numbers in front
     */
    Correction(BitSet rejected, boolean fromRejects) {
        this.rejected = rejected;
        this.fromRejects = fromRejects;
    }

    /** Whether a record mends a rejected row; else the row was loaded before. */
    boolean expects(TextBatch records, int record) {
        long root = root(records, record);
        return root < Integer.MAX_VALUE && rejected.get((int) root);
    }

    /** The number of a record in the first file. */
    long root(TextBatch records, int record) {
        return fromRejects ? frontNumber(records, record) : records.number(record);
    }

    static long frontNumber(TextBatch records, int record) {
        int cell = records.first(record);
        int length = records.cells(record) == 0 ? 0 : records.length(cell);
        long number = 0;
        for (int i = 0; i < length && number >= 0; i++) {
            int digit = records.buffer()[records.start(cell) + i] - '0';
            number = digit < 0 || digit > 9 || i > 17 ? -1 : number * 10 + digit;
        }
        if (number <= 0) {
            throw new GantryException(
                    ErrorCode.CORRECTION_MISMATCH,
                    "Line " + records.line(record) + " has no row number in column " + Intake.FRONT.get(0)
                            + "; leave the first three columns of a file of rejects as they are");
        }
        return number;
    }
}
