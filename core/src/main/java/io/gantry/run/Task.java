// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import java.time.Duration;

/**
 * A stage of a run. The tasks of a run overlap: each works on some rows while the next works on those before.
 *
 * @param name which stage
 * @param status where it stands
 * @param rows how many rows went through it
 * @param busy how long it was at work, waiting for others left out; for the threads it had, taken together
 */
public record Task(Name name, Status status, long rows, Duration busy) {

    /** The stages, in order. */
    public enum Name {
        /** Reads records from the file, or rows from the dataset. */
        EXTRACT,
        /** Makes typed values of cells and checks each row by itself. */
        TRANSFORM,
        /** Checks rows against each other and against datasets. */
        VALIDATE,
        /** Writes to the dataset, or to the file. */
        LOAD
    }

    /** Where a task stands. */
    public enum Status {
        /** Has not begun. */
        PENDING,
        /** Is at work. */
        RUNNING,
        /** Did its work. */
        SUCCEEDED,
        /** Could not do its work. */
        FAILED,
        /** Had nothing to do. */
        SKIPPED,
        /** Was not reached, because a task before it failed. */
        UPSTREAM_FAILED
    }
}
