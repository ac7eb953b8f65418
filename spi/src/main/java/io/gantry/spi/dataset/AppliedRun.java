// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.time.Instant;

/**
 * The marker that a run left in a dataset.
 *
 * @param run its id
 * @param outcome what it did
 * @param appliedAt the load's time
 * @param undo whether it can be taken back
 */
public record AppliedRun(String run, DatasetWriter.Outcome outcome, Instant appliedAt, Undo undo) {

    /** Whether a run can be taken back. */
    public enum Undo {
        /** It can. */
        POSSIBLE,
        /** It was. */
        DONE,
        /** What it takes is no longer kept. */
        EXPIRED
    }
}
