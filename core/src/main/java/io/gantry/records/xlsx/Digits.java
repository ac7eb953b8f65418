// SPDX-License-Identifier: Apache-2.0
package io.gantry.records.xlsx;

/** How many digits spreadsheets keep. */
final class Digits {

    private static final long FIFTEEN = 1_000_000_000_000_000L;

    private Digits() {}

    /** Whether a number has at most 15 digits but zeros at its end: of all others a spreadsheet would change the rest. */
    static boolean areShown(long number) {
        long rest = number;
        while (rest <= -FIFTEEN || rest >= FIFTEEN) {
            if (rest % 10 != 0) {
                return false;
            }
            rest /= 10;
        }
        return true;
    }
}
