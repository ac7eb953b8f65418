// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks;

import io.gantry.benchmarks.sidebyside.Contest;
import io.gantry.benchmarks.sidebyside.Options;

/**
 * The whole engine beside other tools, on a real PostgreSQL that is started for the purpose: every contestant does the same
 * work in a process of its own, in turn, several times, and what it has left in the database is checked each time.
 *
 * <p>{@code --help} tells the options.
 */
public final class SideBySide {

    private SideBySide() {}

    /**
     * Holds the contest and prints its table.
     *
     * @param arguments see {@link Options#HELP}
     * @throws Exception when a contestant fails, or leaves anything but the right rows
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && arguments[0].equals("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        Contest.hold(Options.parse(arguments), System.out);
    }
}
