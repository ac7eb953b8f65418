// SPDX-License-Identifier: Apache-2.0
package io.gantry.benchmarks.sidebyside;

import java.util.Locale;

/**
 * What a phase has cost.
 *
 * @param phase its name
 * @param wall seconds by the clock
 * @param client CPU seconds of the contestant's processes
 * @param server CPU seconds of all processes of the database server
 */
record Figures(String phase, double wall, double client, double server) {

    double cpu() {
        return client + server;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.2f s, CPU %.2f + %.2f", phase, wall, client, server);
    }
}
