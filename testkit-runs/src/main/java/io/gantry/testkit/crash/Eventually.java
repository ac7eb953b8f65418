// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again until something holds that others bring about. */
final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final long PAUSE_NANOS = Duration.ofMillis(3).toNanos();

    private Eventually() {}

    /**
     * Waits, a minute at most.
     *
     * @param otherwise says what is the case instead
     */
    static void holds(BooleanSupplier wish, Supplier<String> otherwise) {
        long begin = System.nanoTime();
        while (!wish.getAsBoolean()) {
            if (System.nanoTime() - begin > LONGEST.toNanos()) {
                throw new AssertionError(otherwise.get() + ", still after " + LONGEST);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
