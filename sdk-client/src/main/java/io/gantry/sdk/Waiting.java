// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How long and how often to ask for the end of a job.
 *
 * <p>The first status check is made at once. After each unfinished answer comes a pause: as long as the server asks for
 * ({@code x-retry-after}, {@code Retry-After}), otherwise growing from {@link #retryInterval()} up to
 * {@link #maxInterval()}, with jitter. The wait ends with the job, at the deadline or after {@link #maxRetries()}
 * checks, whichever comes first.
 */
public final class Waiting {
    private static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(30);
    private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(1);
    private static final Duration DEFAULT_MAX_INTERVAL = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private static final Waiting DEFAULTS =
            new Waiting(DEFAULT_DEADLINE, null, DEFAULT_INTERVAL, DEFAULT_MAX_INTERVAL, false);

    private final Duration deadline;
    private final @Nullable Integer maxRetries;
    private final Duration retryInterval;
    private final Duration maxInterval;
    private final boolean endsOnUnknownStatus;

    private Waiting(
            Duration deadline,
            @Nullable Integer maxRetries,
            Duration retryInterval,
            Duration maxInterval,
            boolean endsOnUnknownStatus) {
        this.deadline = deadline;
        this.maxRetries = maxRetries;
        this.retryInterval = retryInterval;
        this.maxInterval = maxInterval;
        this.endsOnUnknownStatus = endsOnUnknownStatus;
    }

    /**
     * {@return the defaults: a deadline of 30 minutes, any number of checks, pauses from 1 to 30 seconds, and words of
     * status that are not known mean that the job goes on}
     */
    public static Waiting defaults() {
        return DEFAULTS;
    }

    /**
     * {@return the same with another deadline}
     *
     * @param deadline from the start of the call to its end, uploads and downloads included; 1 ms to 365 days
     */
    public Waiting deadline(Duration deadline) {
        return new Waiting(checked("deadline", deadline), maxRetries, retryInterval, maxInterval, endsOnUnknownStatus);
    }

    /**
     * {@return the same with another number of status checks}
     *
     * @param maxRetries how often the status is asked for at most, the first time included; 1 or more
     */
    public Waiting maxRetries(int maxRetries) {
        if (maxRetries < 1) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST,
                    "maxRetries is " + maxRetries + "; it counts status checks, so it has to be 1 or more");
        }
        return new Waiting(deadline, maxRetries, retryInterval, maxInterval, endsOnUnknownStatus);
    }

    /**
     * {@return the same with another shortest pause}
     *
     * @param retryInterval the shortest pause between status checks, from which pauses grow; 1 ms to 365 days
     */
    public Waiting retryInterval(Duration retryInterval) {
        return new Waiting(
                deadline, maxRetries, checked("retryInterval", retryInterval), maxInterval, endsOnUnknownStatus);
    }

    /**
     * {@return the same with another longest pause}
     *
     * @param maxInterval where pauses stop growing; at least the retry interval counts; 1 ms to 365 days
     */
    public Waiting maxInterval(Duration maxInterval) {
        return new Waiting(
                deadline, maxRetries, retryInterval, checked("maxInterval", maxInterval), endsOnUnknownStatus);
    }

    /**
     * {@return the same, except that a word of status that is not known here ends the wait with
     * {@link JobFailedException}} By default it means that the job goes on.
     */
    public Waiting endOnUnknownStatus() {
        return new Waiting(deadline, maxRetries, retryInterval, maxInterval, true);
    }

    /** {@return how long the whole call may take} */
    public Duration deadline() {
        return deadline;
    }

    /** {@return how many status checks are made at most; empty means any number} */
    public OptionalInt maxRetries() {
        return maxRetries == null ? OptionalInt.empty() : OptionalInt.of(maxRetries);
    }

    /** {@return the shortest pause between status checks} */
    public Duration retryInterval() {
        return retryInterval;
    }

    /** {@return the longest pause between status checks, unless the server asks for a longer one} */
    public Duration maxInterval() {
        return maxInterval;
    }

    boolean ends(JobStatus status) {
        return status.isTerminal() || endsOnUnknownStatus && !status.isKnown();
    }

    /** {@return the settings} */
    @Override
    public String toString() {
        return "Waiting[deadline=" + deadline + ", maxRetries=" + (maxRetries == null ? "any" : maxRetries)
                + ", retryInterval=" + retryInterval + ", maxInterval=" + maxInterval + ", unknown status "
                + (endsOnUnknownStatus ? "ends the wait]" : "goes on]");
    }

    private static Duration checked(String name, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new ImpexException(
                    ErrorCode.INVALID_REQUEST, name + " is " + value + "; it has to be from 1 ms to 365 days");
        }
        return value;
    }
}
