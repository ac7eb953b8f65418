// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of a run that is taken back: every row the run inserted, updated or deleted is in exactly one of
 * the three buckets.
 *
 * @param reversed rows that are as before the run
 * @param kept rows left alone because they were changed since
 * @param failed rows that the store would not take back, such as one that others refer to
 * @param samples some rows of the last two buckets
 */
public record RollbackOutcome(long reversed, long kept, long failed, List<Sample> samples) {

    public RollbackOutcome {
        samples = List.copyOf(samples);
    }

    /** Why a row was not taken back. */
    public enum Bucket {
        /** It was changed since. */
        KEPT,
        /** The store refused. */
        FAILED
    }

    /**
     * One row that was not taken back.
     *
     * @param bucket why
     * @param key values of its key, in order of the schema's key
     * @param reason for people, without values
     */
    public record Sample(Bucket bucket, List<@Nullable Object> key, String reason) {
        public Sample {
            key = Collections.unmodifiableList(new ArrayList<>(key));
        }
    }
}
