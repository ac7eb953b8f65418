// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import java.util.Optional;

/**
 * A dataset that remembers what each run did to it and can take it back. What it takes to do so is kept in the dataset's
 * own store, and written in the step that makes the load part of the dataset.
 */
public interface UndoableDataset extends WritableDataset {

    /**
     * Tells whether a run's load is part of the dataset: the run's marker.
     *
     * @param run its id
     * @return what it did, when it was applied
     */
    Optional<AppliedRun> applied(String run);

    /**
     * Tells what {@link #rollBack} would do now, and changes nothing.
     *
     * @param rollback which run
     * @return counts, all as of now
     */
    RollbackOutcome previewRollback(Rollback rollback);

    /**
     * Takes back what a run did, in one step: its new rows are deleted, the rows it changed or deleted are as before. A
     * row that was changed by someone else since is never overwritten.
     *
     * @param rollback which run, and what to do about rows changed since
     * @return what was done; for a run that was rolled back before, the same answer again
     * @throws io.gantry.spi.ProviderException with code {@code ROLLBACK_REFUSED} when rows were changed since and
     *     {@link Rollback.OnConflict#REFUSE} was asked for; {@code NOTHING_TO_ROLL_BACK} when the run was never applied;
     *     {@code UNDO_EXPIRED} when what it takes is no longer kept
     */
    RollbackOutcome rollBack(Rollback rollback);

    /**
     * Forgets what it takes to undo a run; its marker stays.
     *
     * @param run its id
     * @return false when there was nothing to forget
     */
    boolean forgetUndo(String run);
}
