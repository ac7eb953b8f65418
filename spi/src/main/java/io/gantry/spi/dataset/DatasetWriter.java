// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.dataset;

import io.gantry.spi.records.RowBatch;

/**
 * Carries out one load: {@link #stage} the rows, {@link #check} them, then {@link #apply} or only {@link #close}.
 *
 * <p>Whatever happens, the dataset holds either all of what {@code apply} promised or nothing of it. Used by one thread.
 *
 * <p>A writer that can also tell what it would do implements {@link Previewing}.
 */
public interface DatasetWriter extends AutoCloseable {

    /**
     * Takes rows that passed the engine's checks.
     *
     * @param rows of the load's fields; numbers ascend from batch to batch; the writer keeps no reference to it
     * @return false when the writer has seen enough, and wants {@link #check} next
     */
    boolean stage(RowBatch rows);

    /**
     * Takes the keys of rows that failed the engine's checks, for a {@link LoadMode#REPLACE}: what the file names is not
     * deleted, even when its row is rejected. Called in turn with {@link #stage}.
     *
     * @param rows of the load's fields, with values in those of the key only; the writer keeps no reference to it
     */
    void name(RowBatch rows);

    /**
     * Checks all staged rows against each other and against the dataset, drops those that fail, and settles what the load
     * will do.
     *
     * @param issues is told of each row that fails
     * @return what applying will do, or {@link Outcome#AGAIN}
     */
    Outcome check(RowIssues issues);

    /**
     * Makes the load part of the dataset, together with the run's marker and what it takes to undo it, in one step.
     *
     * @throws io.gantry.spi.ProviderException with code {@code ALREADY_APPLIED} when an {@link UndoableDataset} has a load
     *     of the run already, {@code FENCED} when a {@link FencedDataset} was told to shut the load out,
     *     {@code PLAN_STALE} when a {@link MarkedDataset} has not the mark that the load expects; of kind
     *     {@link io.gantry.spi.FailureKind#UNKNOWN_OUTCOME} when it cannot be told whether it happened; any other failure
     *     means that it did not
     */
    void apply();

    /** Ends the load; what was not applied is gone without a trace. */
    @Override
    void close();

    /**
     * What a load does to its dataset. {@code inserted + updated + unchanged} is the number of staged rows less those
     * that failed the check.
     *
     * @param inserted rows that were not there
     * @param updated rows that were there and differed
     * @param unchanged rows that were there and were the same
     * @param deleted rows of the dataset that were not in the file ({@link LoadMode#REPLACE})
     */
    record Outcome(long inserted, long updated, long unchanged, long deleted) {
        /**
         * The writer tried a fast way that did not work out for these rows, told no issues, and wants all rows once more:
         * the engine stages them again from the first, with the same writer. Given at most once per load.
         */
        public static final Outcome AGAIN = new Outcome(-1, -1, -1, -1);
    }

    /** A writer that can show what it would do, and does nothing until it is applied. */
    interface Previewing extends DatasetWriter {

        /**
         * Prepares for {@link #preview} instead of {@link #apply}: called before the first row. The dataset is not
         * touched, nor locked longer than a read would.
         */
        void previewOnly();

        /**
         * Shows some of the changes that the load would make; called after {@link #check}.
         *
         * @param each how many of each kind at most
         * @param changes is told of the first changes of each kind, in order of row numbers
         */
        void preview(int each, Changes changes);
    }

    /** Is told of changes. */
    @FunctionalInterface
    interface Changes {
        /**
         * One changed row.
         *
         * @param change what would happen to it
         */
        void accept(RowChange change);
    }
}
