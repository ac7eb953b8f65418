// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;

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

        @Override
        public void limit(Call call, Duration remaining) {
            long nanos = Math.max(1, remaining.toNanos());
            long present = call.timeout().timeoutNanos();
            call.timeout().timeout(present == 0 ? nanos : Math.min(present, nanos), TimeUnit.NANOSECONDS);
        }

        @Override
        public Runnable alarm(Duration delay, Runnable action) {
            CompletableFuture<Void> timer = new CompletableFuture<>();
            timer.orTimeout(Math.max(1, delay.toNanos()), TimeUnit.NANOSECONDS).whenComplete((none, late) -> {
                if (late instanceof TimeoutException) {
                    action.run();
                }
            });
            return () -> timer.complete(null);
        }
    };

    Instant now();

    long nanos();

    void sleep(Duration duration) throws InterruptedException;

    /** Ends the HTTP call when this much time has passed, unless it has a shorter limit of its own. */
    void limit(Call call, Duration remaining);

    /** Runs a short action after a delay, on a thread that never blocks; running the result cancels the alarm. */
    Runnable alarm(Duration delay, Runnable action);
}
