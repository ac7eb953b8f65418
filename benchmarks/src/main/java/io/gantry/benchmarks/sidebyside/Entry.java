// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.util.Locale;

/**
 * One contestant doing one work.
 *
 * @param suite it belongs to
 * @param contestant who does it
 * @param work what is done
 * @param rows of the file
 * @param badPercent how many of a hundred rows are bad
 * @param heap of the process
 */
record Entry(Suite suite, String contestant, Work work, int rows, int badPercent, String heap) {

    String label() {
        String what = work.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return String.format(
                Locale.ROOT, "%s %,d%s", what, rows, badPercent == 0 ? "" : ", " + badPercent + " % of them bad");
    }
}
