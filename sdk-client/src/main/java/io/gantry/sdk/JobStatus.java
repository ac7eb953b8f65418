// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Locale;
import java.util.Set;

/**
 * The status of a job in the server's own word. Any word is kept, known here or not; upper and lower case are the same.
 *
 * @param text the word as the server sent it
 */
public record JobStatus(String text) {
    /** The job has ended; whether well is told by its errors. */
    public static final JobStatus CLOSED = new JobStatus("closed");

    /** The job has ended; whether well is told by its errors. */
    public static final JobStatus COMPLETED = new JobStatus("completed");

    /** The job has failed. */
    public static final JobStatus FAILED = new JobStatus("failed");

    /** The job was cancelled. */
    public static final JobStatus CANCELLED = new JobStatus("cancelled");

    /** The answer named no status, as answers to {@code initiate} may. */
    public static final JobStatus UNSTATED = new JobStatus("");

    private static final Set<String> ENDED = Set.of("closed", "completed");
    private static final Set<String> CANCELLED_WORDS = Set.of("cancelled", "canceled");
    private static final Set<String> FAILED_WORDS =
            Set.of("failed", "failure", "error", "aborted", "rejected", "expired", "timed_out", "rolled_back");
    private static final Set<String> RUNNING = Set.of(
            "created",
            "accepted",
            "queued",
            "pending",
            "waiting",
            "started",
            "running",
            "processing",
            "in_progress",
            "in-progress",
            "cancelling");

    /** {@return whether the job will not change any more} False for words that are not known here. */
    public boolean isTerminal() {
        return endsWell() || isFailure();
    }

    /** {@return whether the job went on to its end, possibly with errors} */
    boolean endsWell() {
        return ENDED.contains(word());
    }

    boolean isCancelled() {
        return CANCELLED_WORDS.contains(word());
    }

    boolean isFailure() {
        return isCancelled() || FAILED_WORDS.contains(word());
    }

    /** {@return whether this client knows what the word means} */
    public boolean isKnown() {
        return isTerminal() || RUNNING.contains(word()) || text.isEmpty();
    }

    /** Whether both are the same word, in upper or lower case. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JobStatus status && status.word().equals(word());
    }

    @Override
    public int hashCode() {
        return word().hashCode();
    }

    /** {@return the word as the server sent it} */
    @Override
    public String toString() {
        return text.isEmpty() ? "(unstated)" : text;
    }

    private String word() {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
