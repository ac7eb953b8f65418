// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The only door to the clock. Waiting is measured by {@link #nanos()}, which does not jump when the clock is set. */
interface Time {
    Time SYSTEM = new Time() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    };

    Instant now();

    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
