// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.Cancellation;
import java.time.Instant;

/**
 * Which run to take back, and how.
 *
 * @param run its id
 * @param attempt how often it was begun, from 1: whoever takes it over from a worker that is not heard of begins it anew, and the
 *     dataset may end what the ones before are at
 * @param onConflict what to do when rows were changed by someone else since
 * @param samples how many rows of each bucket to name at most
 * @param time now, by the engine's clock
 * @param cancellation asks it to stop: then nothing is done
 */
public record Rollback(
        String run, int attempt, OnConflict onConflict, int samples, Instant time, Cancellation cancellation) {

    public Rollback {
        if (attempt < 1) {
            throw new IllegalArgumentException("Attempts are counted from 1, not " + attempt);
        }
    }

    /** What to do about rows that were changed by someone else since. */
    public enum OnConflict {
        /** Leave those rows as they are, take back the rest. */
        KEEP,
        /** Take back nothing. */
        REFUSE
    }
}
