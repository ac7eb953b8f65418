// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait for the end of a job, and how often to check its status.
 *
 * <p>The first status check is made at once. A pause follows each unfinished answer: the one that the server asks for
 * ({@code x-retry-after}, {@code Retry-After}), but at least 250 ms; otherwise one that grows from {@link #retryInterval()}
 * to {@link #maxInterval()}, with jitter. The wait ends with the job, at the deadline or after {@link #maxRetries()} checks,
 * whichever comes first.
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
     * {@return the defaults: a deadline of 30 minutes, any number of checks, pauses from 1 to 30 seconds, and unknown words of
     * status mean that the job goes on}
     */
    public static Waiting defaults() {
        return DEFAULTS;
    }

    /**
     * {@return a copy with another deadline}
     *
     * @param deadline from the start of the call to its end, uploads and downloads included; 1 ms to 365 days
     */
    public Waiting deadline(Duration deadline) {
        return new Waiting(checked("deadline", deadline), maxRetries, retryInterval, maxInterval, endsOnUnknownStatus);
    }

    /**
     * {@return a copy with another number of status checks}
     *
     * @param maxRetries the largest number of status checks, the first one included; 1 or more
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
     * {@return a copy with another shortest pause}
     *
     * @param retryInterval the shortest pause between status checks, from which pauses grow; 1 ms to 365 days
     */
    public Waiting retryInterval(Duration retryInterval) {
        return new Waiting(
                deadline, maxRetries, checked("retryInterval", retryInterval), maxInterval, endsOnUnknownStatus);
    }

    /**
     * {@return a copy with another longest pause}
     *
     * @param maxInterval the longest pause; if it is shorter than the retry interval, the retry interval is used; 1 ms to 365
     *     days
     */
    public Waiting maxInterval(Duration maxInterval) {
        return new Waiting(
                deadline, maxRetries, retryInterval, checked("maxInterval", maxInterval), endsOnUnknownStatus);
    }

    /**
     * {@return a copy for which an unknown word of status ends the wait with {@link JobFailedException}} By default it
     * means that the job goes on.
     */
    public Waiting endOnUnknownStatus() {
        return new Waiting(deadline, maxRetries, retryInterval, maxInterval, true);
    }

    /** {@return the time limit of the whole call} */
    public Duration deadline() {
        return deadline;
    }

    /** {@return the largest number of status checks; empty if it is not limited} */
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
