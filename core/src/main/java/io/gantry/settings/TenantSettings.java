// SPDX-License-Identifier: Apache-2.0
package io.gantry.settings;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

/**
 * What a tenant decides for itself.
 *
 * @param selfService who may put a draft into use without review
 * @param duties whether one person may both ask for a review and approve
 * @param runs how many runs of the tenant are carried out at once
 * @param runsPerPipeline how many runs of one pipeline are carried out at once
 * @param overlap what happens to a run that is submitted while another of its pipeline is not over
 * @param sameFile what happens to a run with a file that its pipeline has loaded before
 * @param timeoutSeconds for how many seconds a run is carried out at most; one that takes longer fails and loads nothing
 * @param undoDays for how many days from its end on a run can be rolled back; a change concerns runs that end after it
 */
public record TenantSettings(
        @NotNull SelfService selfService,
        @NotNull Duties duties,
        @Min(1) @Max(10_000) int runs,
        @Min(1) @Max(10_000) int runsPerPipeline,
        @NotNull Overlap overlap,
        @NotNull SameFile sameFile,
        @Min(1) @Max(2_592_000) int timeoutSeconds,
        @Min(1) @Max(36_500) int undoDays) {

    /**
     * Authors may activate their own drafts; where a review is asked for, another person approves; as many runs as the engine
     * has slots, one at a time of each pipeline, the others wait; the same file may be loaded again; a run takes a
     * day at most, and can be rolled back for 90 days.
     */
    public static final TenantSettings DEFAULT = new TenantSettings(
            SelfService.ALLOWED, Duties.SEPARATED, 10_000, 1, Overlap.QUEUE, SameFile.ALLOW, 86_400, 90);

    /** Who may put a draft into use without review. */
    public enum SelfService {
        /** The one who wrote it. */
        ALLOWED,
        /** Nobody. */
        FORBIDDEN
    }

    /** Whether one person may both ask for a review, or write the content, and approve it. */
    public enum Duties {
        /** They may not. */
        SEPARATED,
        /** They may. */
        COMBINED
    }

    /** What happens to a run that is submitted while another of its pipeline is not over. */
    public enum Overlap {
        /** It waits. */
        QUEUE,
        /** It is refused with {@code PIPELINE_ALREADY_RUNNING}, unless it is forced. */
        REFUSE
    }

    /** What happens to a run with a file that its pipeline has loaded before. */
    public enum SameFile {
        /** It is carried out. */
        ALLOW,
        /** It is carried out, and has a warning. */
        WARN,
        /** It is refused with {@code FILE_LOADED_BEFORE}, unless it is forced. */
        REFUSE
    }

    /**
     * The same settings with another rule for drafts.
     *
     * @param selfService who may put a draft into use without review
     * @return a copy
     */
    public TenantSettings selfService(SelfService selfService) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }

    /**
     * The same settings with another rule for approvals.
     *
     * @param duties whether one person may both ask and approve
     * @return a copy
     */
    public TenantSettings duties(Duties duties) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }

    /**
     * The same settings with other limits.
     *
     * @param runs how many runs of the tenant are carried out at once
     * @param runsPerPipeline how many runs of one pipeline
     * @return a copy
     */
    public TenantSettings limits(int runs, int runsPerPipeline) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }

    /**
     * The same settings with another rule for runs of the same pipeline.
     *
     * @param overlap what happens to the later one
     * @return a copy
     */
    public TenantSettings overlap(Overlap overlap) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }

    /**
     * The same settings with another rule for files that were loaded before.
     *
     * @param sameFile what happens to the run
     * @return a copy
     */
    public TenantSettings sameFile(SameFile sameFile) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }

    /**
     * The same settings with another limit for the time that a run takes.
     *
     * @param timeoutSeconds seconds, from 1 to 2,592,000
     * @return a copy
     */
    public TenantSettings timeoutSeconds(int timeoutSeconds) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }

    /**
     * The same settings with another time for which runs can be rolled back.
     *
     * @param undoDays days, from 1 to 36,500
     * @return a copy
     */
    public TenantSettings undoDays(int undoDays) {
        return new TenantSettings(
                selfService, duties, runs, runsPerPipeline, overlap, sameFile, timeoutSeconds, undoDays);
    }
}
