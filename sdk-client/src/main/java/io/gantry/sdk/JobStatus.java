// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Locale;
import java.util.Set;

/**
 * The status of a job in the server's own word. Unknown words are kept; two statuses are equal without regard to case.
 *
 * @param text the word as the server sent it
 */
public record JobStatus(String text) {
    /** The job has ended. It succeeded if it has no errors. */
    public static final JobStatus CLOSED = new JobStatus("closed");

    /** The job has ended. It succeeded if it has no errors. */
    public static final JobStatus COMPLETED = new JobStatus("completed");

    /** The job has failed. */
    public static final JobStatus FAILED = new JobStatus("failed");

    /** The job was cancelled. */
    public static final JobStatus CANCELLED = new JobStatus("cancelled");

    /** The answer stated no status, which is legal for answers to {@code initiate}. */
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

    /** {@return whether the job has ended} False for unknown words. */
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

    /** {@return whether this client knows the word} */
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
