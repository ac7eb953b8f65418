// SPDX-License-Identifier: Apache-2.0
package io.gantry.pipeline;

import java.util.EnumSet;
import java.util.Set;

/** Where a version of a pipeline stands. What may become of it, {@link Lifecycle} says. */
public enum PipelineStatus {
    /** Is being written. */
    DRAFT,
    /** Waits for a review. */
    REQUESTED,
    /** Waits for an approval. */
    REVIEWED,
    /** May be activated. */
    APPROVED,
    /** Is run by hand and by schedule. */
    ACTIVE,
    /** Is run by hand, by those who administer pipelines. */
    RESTRICTED,
    /** Is not run. */
    SUSPENDED,
    /** Is run by hand, with a warning. */
    DEPRECATED,
    /** Is kept to be looked at. */
    ARCHIVED;

    private static final Set<PipelineStatus> LIVE = EnumSet.of(ACTIVE, RESTRICTED, SUSPENDED, DEPRECATED);
    private static final Set<PipelineStatus> OPEN = EnumSet.of(DRAFT, REQUESTED, REVIEWED, APPROVED);

    /**
     * Whether it was activated and not archived since: a pipeline has at most one such version.
     *
     * @return true for active, restricted, suspended and deprecated
     */
    public boolean isLive() {
        return LIVE.contains(this);
    }

    /**
     * Whether it is on its way to being activated: a pipeline has at most one such version.
     *
     * @return true for draft, requested, reviewed and approved
     */
    public boolean isOpen() {
        return OPEN.contains(this);
    }

    /**
     * Whether it is run by schedule.
     *
     * @return true for active
     */
    public boolean runsBySchedule() {
        return this == ACTIVE;
    }

    /**
     * Whether it is run by hand.
     *
     * @param admin whether by someone who administers pipelines
     * @return true for active and deprecated, and for restricted when an admin asks
     */
    public boolean runsByHand(boolean admin) {
        return this == ACTIVE || this == DEPRECATED || (this == RESTRICTED && admin);
    }
}
