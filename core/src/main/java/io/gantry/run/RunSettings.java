// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.spi.records.Limits;

/**
 * How a run is carried out. Nothing of it changes what the run does.
 *
 * @param limits what its file may cost
 * @param batchRows rows of a batch at most, from 1 to 65,536
 * @param threads how many threads make typed values of cells, from 1 to 64
 */
public record RunSettings(Limits limits, int batchRows, int threads) {

    /** Batches of 4,096 rows; one thread for every two processors. */
    public static final RunSettings DEFAULT = new RunSettings(
            Limits.DEFAULT, 4_096, Math.min(64, Math.max(1, Runtime.getRuntime().availableProcessors() / 2)));

    public RunSettings {
        if (batchRows < 1 || batchRows > 65_536 || threads < 1 || threads > 64) {
            throw new IllegalArgumentException("A run needs batches of 1 to 65536 rows and 1 to 64 threads, not "
                    + batchRows + " rows and " + threads + " threads");
        }
    }

    /**
     * The same settings with other limits.
     *
     * @param limits what a file may cost
     * @return a copy
     */
    public RunSettings limits(Limits limits) {
        return new RunSettings(limits, batchRows, threads);
    }
}
