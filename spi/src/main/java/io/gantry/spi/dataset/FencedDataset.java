// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.Optional;

/**
 * A dataset that can be closed to workers that lost their run.
 *
 * <p>A run is carried out by one worker at a time. When a worker is not heard of, another one takes the run over as the next
 * attempt, and cannot know whether the first is dead or only asleep: it may wake up between any two steps, also between its
 * last look at who owns the run and its commit. Only the dataset can keep it out, because there the rows and the run's
 * marker become part of the dataset in one step.
 *
 * <p>Whoever takes a run over calls {@link #fence} first. With an empty answer it loads the run as its own attempt; with a
 * marker the work is done.
 */
public interface FencedDataset extends UndoableDataset {

    /**
     * Shuts out every load of a run that was begun with a smaller attempt, and tells whether the run is part of the dataset.
     *
     * <p>After an empty answer no such load will ever become part of the dataset, whatever it was doing: its
     * {@link DatasetWriter#apply}, or an earlier step, fails with code {@code FENCED} and kind
     * {@link io.gantry.spi.FailureKind#DENIED}. After a marker the load that left it is part of the dataset. What was staged
     * by the loads that are shut out is removed, and what they hold of the dataset is released where the store can do so.
     * Loads with the same or a greater attempt, and other runs, go on.
     *
     * <p>Waits a few seconds at most, and only for a load in its very last step, or for what keeps the whole store busy.
     * May be called again, with any attempt; a smaller one than before changes nothing.
     *
     * @param run its id; need not have been loaded ever
     * @param attempt the first one that is not shut out, from 1
     * @return the run's marker, by whichever attempt, when it is applied
     * @throws io.gantry.spi.ProviderException of kind {@link io.gantry.spi.FailureKind#TRANSIENT} when it had to wait too
     *     long: then nothing can be told yet, and it is to be called again
     */
    Optional<AppliedRun> fence(String run, int attempt);
}
