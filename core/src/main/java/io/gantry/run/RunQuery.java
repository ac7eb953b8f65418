// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to find; null and an empty set do not restrict.
 *
 * @param pipeline its code or id
 * @param statuses where they stand
 * @param from the earliest moment of submission
 * @param until the moment before which they were submitted
 * @param limit how many runs a page has at most, from 1 to 1,000
 * @param next where the page begins; null for the first
 */
public record RunQuery(
        @Nullable String pipeline,
        Set<RunStatus> statuses,
        @Nullable Instant from,
        @Nullable Instant until,
        int limit,
        @Nullable String next) {

    /** All runs, a hundred a page. */
    public static final RunQuery ALL = new RunQuery(null, Set.of(), null, null, 100, null);

    public RunQuery {
        statuses = Set.copyOf(statuses);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("The limit is " + limit + "; it must be from 1 to 1000");
        }
    }

    /**
     * Runs of one pipeline.
     *
     * @param pipeline its code or id
     * @return a copy
     */
    public RunQuery pipeline(String pipeline) {
        return new RunQuery(pipeline, statuses, from, until, limit, next);
    }

    /**
     * Runs that stand somewhere.
     *
     * @param statuses one or more
     * @return a copy
     */
    public RunQuery status(RunStatus... statuses) {
        return new RunQuery(pipeline, Set.of(statuses), from, until, limit, next);
    }

    /**
     * Runs of some time.
     *
     * @param from the earliest moment of submission
     * @param until the moment before which they were submitted
     * @return a copy
     */
    public RunQuery between(Instant from, Instant until) {
        return new RunQuery(pipeline, statuses, from, until, limit, next);
    }

    /**
     * Another page.
     *
     * @param limit how many runs at most
     * @param next where it begins, or null
     * @return a copy
     */
    public RunQuery page(int limit, @Nullable String next) {
        return new RunQuery(pipeline, statuses, from, until, limit, next);
    }
}
