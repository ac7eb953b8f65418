// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

/**
 * The places at which it matters whether a process dies there. An engine tells its builder's observer each time it comes to
 * one, so that tests can end the process, or hold it, at exactly that place; see the crash kit. An application has no use for
 * it.
 */
public enum CrashPoint {
    /** The run and its ticket were committed. */
    SUBMITTED,
    /** A worker has claimed the run. */
    CLAIMED,
    /** The first batch of rows was staged. */
    FIRST_BATCH_STAGED,
    /** All rows were staged and checked together. */
    CHECKED,
    /** Report and rejects were stored, and the run says that it is about to apply. */
    PREPARED,
    /** The load became part of the dataset. */
    APPLIED,
    /** The file of an export was stored. */
    WRITTEN,
    /** The run's end was committed. */
    ENDED,
    /** The intent to roll the run back was committed. */
    ROLLBACK_BEGUN,
    /** The dataset has taken the run back. */
    ROLLED_BACK
}
