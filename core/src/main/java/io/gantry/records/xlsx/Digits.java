// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

import java.math.BigDecimal;

/** How many digits spreadsheets keep. */
final class Digits {

    private static final long FIFTEEN = 1_000_000_000_000_000L;
    private static final int SCALE = 15;

    private Digits() {}

    /** Whether a whole number has at most 15 digits: of longer ones spreadsheets make the last digits zeros. */
    static boolean areKept(long number) {
        return number > -FIFTEEN && number < FIFTEEN;
    }

    /** The same for a number with digits behind its point, zeros at the end left aside. */
    static boolean areKept(long unscaled, int scale) {
        long rest = unscaled;
        int behind = scale;
        while (behind > 0 && rest % 10 == 0 && rest != 0) {
            rest /= 10;
            behind--;
        }
        return areKept(rest) && behind <= SCALE * 2;
    }

    /**
     * Whether a spreadsheet keeps a double: all but whole numbers with more than 15 digits that count, and what it has no
     * sign for.
     */
    static boolean areKept(double number) {
        if (!Double.isFinite(number) || number == 0 && 1 / number < 0) {
            return false;
        }
        return Math.abs(number) < FIFTEEN || new BigDecimal(Double.toString(number)).precision() <= SCALE;
    }
}
