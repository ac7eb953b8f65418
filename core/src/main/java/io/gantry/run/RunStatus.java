// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a run stands. The edges are here and nowhere else. */
public enum RunStatus {
    /** Waits for its turn. */
    QUEUED,
    /** Is being carried out. */
    RUNNING,
    /** All rows were loaded, or written. */
    SUCCEEDED,
    /** Some rows were rejected, and the rest was loaded. */
    PARTIAL,
    /** Nothing was loaded. */
    FAILED,
    /** Was stopped by someone; nothing was loaded. */
    CANCELLED,
    /** What it did was taken back. */
    ROLLED_BACK;

    private static final Map<RunStatus, Set<RunStatus>> EDGES = Map.of(
            QUEUED, EnumSet.of(RUNNING, CANCELLED, FAILED),
            // back to the queue when its worker was lost, or the engine was closed before it had ended
            RUNNING, EnumSet.of(QUEUED, SUCCEEDED, PARTIAL, FAILED, CANCELLED),
            SUCCEEDED, EnumSet.of(ROLLED_BACK),
            PARTIAL, EnumSet.of(ROLLED_BACK));

    /**
     * The states it can go to.
     *
     * @return unmodifiable
     */
    public Set<RunStatus> next() {
        return Set.copyOf(EDGES.getOrDefault(this, Set.of()));
    }

    /**
     * Whether the run has ended. A run that was loaded may still be rolled back.
     *
     * @return true for all but queued and running
     */
    public boolean hasEnded() {
        return this != QUEUED && this != RUNNING;
    }
}
