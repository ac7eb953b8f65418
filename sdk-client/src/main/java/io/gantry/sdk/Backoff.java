// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Growing pauses with jitter: the n-th lies evenly between the floor and the smaller of {@code floor * 2^n} and the cap.
 *
 * @param floor the shortest pause
 * @param cap the longest pause; a cap below the floor counts as the floor
 * @param random numbers from 0 (inclusive) to 1 (exclusive)
 */
record Backoff(Duration floor, Duration cap, DoubleSupplier random) {
    private static final int MAX_DOUBLINGS = 30;

    /** The pause after the n-th unfinished attempt, n from 1. */
    Duration pause(int n) {
        double low = floor.toNanos();
        double high = Math.min(low * (1L << Math.min(n, MAX_DOUBLINGS)), Math.max(low, cap.toNanos()));
        return Duration.ofNanos((long) (low + random.getAsDouble() * (high - low)));
    }
}
