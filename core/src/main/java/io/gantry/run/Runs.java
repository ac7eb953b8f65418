// SPDX-License-Identifier: Apache-2.0
package io.gantry.run;

import io.gantry.GantryException;
import io.gantry.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The runs of one tenant. Reached by {@code workspace.runs()}; safe for use by several threads.
 *
 * <p>Imports take the permissions {@code imports:run} and {@code imports:view}, exports {@code exports:generate} and
 * {@code exports:view}; without them a call fails with {@code PERMISSION_DENIED}.
 */
public interface Runs {

    /**
     * Submits a run. Returns once it is queued; {@link Run#await()} waits for its end.
     *
     * @param request what to run
     * @return the run
     * @throws GantryException {@code PIPELINE_NOT_FOUND}, {@code FILE_NOT_FOUND}, {@code RUN_NOT_FOUND} for a correction,
     *     {@code INVALID_DEFINITION} when the request makes no sense; {@code PIPELINE_NOT_RUNNABLE} when the status of the
     *     pipeline does not permit it; {@code PIPELINE_ALREADY_RUNNING} and {@code FILE_LOADED_BEFORE} as the tenant's settings
     *     say; {@code IDEMPOTENCY_KEY_REUSED} when the key belongs to another request
     */
    Run submit(RunRequest request);

    /**
     * Submits the import of a file of this machine.
     *
     * @param pipeline its code or id
     * @param file of which the engine stores a copy
     * @return the run
     */
    default Run submit(String pipeline, Path file) {
        return submit(RunRequest.of(pipeline, file));
    }

    /**
     * Submits a run that only looks what a load would do.
     *
     * @param request what to look at
     * @return the run; once it has ended, {@link Run#plan()} and {@link Run#report()} tell what it found
     */
    Run preview(RunRequest request);

    /**
     * Submits the load that a preview has planned. It fails with {@code PLAN_STALE} when file, pipeline or dataset have moved
     * since, and says which.
     *
     * @param plan what a preview gave
     * @return the run
     * @throws GantryException {@code PLAN_STALE} when that can be told at once
     */
    Run apply(Plan plan);

    /**
     * Finds a run.
     *
     * @param id its id
     * @return the run, when this tenant has it
     */
    Optional<Run> find(String id);

    /**
     * Gets a run.
     *
     * @param id its id
     * @return the run
     * @throws GantryException {@code RUN_NOT_FOUND} when this tenant has none
     */
    Run get(String id);

    /**
     * Finds runs.
     *
     * @param query which
     * @return the latest first
     * @throws GantryException {@code PIPELINE_NOT_FOUND}
     */
    Page<Run> list(RunQuery query);

    /**
     * The latest runs of a pipeline.
     *
     * @param pipeline its code or id
     * @param limit how many at most, from 1 to 1,000
     * @return the latest first
     */
    default List<Run> list(String pipeline, int limit) {
        return list(RunQuery.ALL.pipeline(pipeline).page(limit, null)).items();
    }
}
