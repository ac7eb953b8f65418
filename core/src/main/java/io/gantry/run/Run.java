// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.GantryException;
import io.gantry.Reason;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.spi.file.StoredFile;
import io.gantry.validation.Counts;
import io.gantry.validation.ValidationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as it was when it was read; the methods that act give it as it is afterwards. Immutable, safe for use by several
 * threads.
 */
public interface Run {

    /**
     * Its id.
     *
     * @return unique
     */
    String id();

    /**
     * The code of its pipeline.
     *
     * @return as it was when the run was submitted
     */
    String pipeline();

    /**
     * What it is for.
     *
     * @return the mode
     */
    RunMode mode();

    /**
     * Where it stands.
     *
     * @return the status
     */
    RunStatus status();

    /**
     * What became of the rows.
     *
     * @return final once it has ended
     */
    Counts counts();

    /**
     * Its stages.
     *
     * @return all four, in order
     */
    List<Task> tasks();

    /**
     * The version of the pipeline it carries out.
     *
     * @return such as {@code 1.2.0}
     */
    String version();

    /**
     * What it was told.
     *
     * @return values of parameters by name
     */
    Map<String, String> parameters();

    /**
     * What whoever submitted it should know: that the pipeline is deprecated, or has loaded the same file before.
     *
     * @return sentences for people; mostly none
     */
    List<String> warnings();

    /**
     * How often it was begun: more than once when the worker that carried it out was lost.
     *
     * @return 0 as long as it waits for the first time
     */
    int attempt();

    /**
     * The run that it tries again.
     *
     * @return its id, when there is one
     */
    Optional<String> retryOf();

    /**
     * Why it waits.
     *
     * @return in words, without anything of other tenants; empty when it does not wait
     */
    String whyWaiting();

    /**
     * Why it failed.
     *
     * @return present when it failed
     */
    Optional<RunError> error();

    /**
     * The run whose rejected rows it mends.
     *
     * @return its id, when there is one
     */
    Optional<String> correctionOf();

    /**
     * Who submitted it.
     *
     * @return the principal's name
     */
    String submittedBy();

    /**
     * When it was submitted.
     *
     * @return by the engine's clock
     */
    Instant submittedAt();

    /**
     * When it began.
     *
     * @return present once it was begun
     */
    Optional<Instant> startedAt();

    /**
     * When it ended.
     *
     * @return present once it has ended
     */
    Optional<Instant> endedAt();

    /**
     * The run as it is now.
     *
     * @return read anew
     */
    Run refresh();

    /**
     * Waits until it has ended. An interrupt ends the waiting and leaves the run alone.
     *
     * @return the run as it is then
     * @throws GantryException {@code WAIT_TIMED_OUT} after an interrupt, the thread's interrupt flag being set
     */
    Run await();

    /**
     * Waits until it has ended, but not for ever.
     *
     * @param longest how long at most
     * @return the run as it is then
     * @throws GantryException {@code WAIT_TIMED_OUT} when it goes on still, or after an interrupt
     */
    Run await(Duration longest);

    /**
     * Asks it to stop. It does so within a second, and nothing of it is loaded, unless it was loaded already.
     *
     * @return false when it has ended
     */
    boolean cancel();

    /**
     * Submits the same once more, as a new run that names this one.
     *
     * @return the new run
     * @throws GantryException {@code ILLEGAL_STATE} unless it failed or was cancelled; else as {@link Runs#submit}
     */
    Run retry();

    /**
     * What it found out about the file and its rows.
     *
     * @return the report
     * @throws GantryException {@code ILLEGAL_STATE} when it has none: it has not ended, is an export, or failed before it
     *     read a row
     */
    ValidationReport report();

    /**
     * The rejected rows in the format of the file, with number, codes and messages in front of each. Reading it is audited.
     *
     * @return present when there are any
     */
    Optional<StoredFile> rejects();

    /**
     * The file an export wrote. Reading it is audited, and takes the permission {@code exports:download}.
     *
     * @return present when it succeeded
     */
    Optional<StoredFile> output();

    /**
     * The plan that a preview made.
     *
     * @return what {@link Runs#apply} takes
     * @throws GantryException {@code ILLEGAL_STATE} when it is no preview that succeeded
     */
    Plan plan();

    /**
     * Until when it can be rolled back, as its tenant's settings said when it ended.
     *
     * @return empty when it has changed nothing, its dataset cannot take it back, or it was rolled back
     */
    Optional<Instant> undoableUntil();

    /**
     * Tells what a rollback would do now.
     *
     * @return counts of the three buckets
     * @throws GantryException as {@link #rollBack(Reason)}
     */
    RollbackOutcome previewRollback();

    /**
     * Takes back what it did. Rows that were changed since by someone else are kept as they are.
     *
     * @param reason why
     * @return what was done
     * @throws GantryException {@code ILLEGAL_STATE} when it has not ended; {@code UNDO_EXPIRED} after
     *     {@link #undoableUntil()}
     */
    RollbackOutcome rollBack(Reason reason);

    /**
     * Takes back what it did.
     *
     * @param reason why
     * @param refuseOnConflict whether nothing is taken back when rows were changed since by someone else
     * @return what was done
     * @throws GantryException as {@link #rollBack(Reason)}, and {@code ROLLBACK_REFUSED}
     */
    RollbackOutcome rollBack(Reason reason, boolean refuseOnConflict);
}
