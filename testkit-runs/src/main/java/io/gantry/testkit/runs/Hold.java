// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.run.CrashPoint;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Holds the threads of an engine that come to a place, until they are let go. An interrupt lets a thread go. */
final class Hold implements Consumer<CrashPoint>, AutoCloseable {

    private static final int MANY = 1_000_000;
    private static final int PATIENCE = 60;

    private final CrashPoint place;
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore gone = new Semaphore(0);

    Hold(CrashPoint place) {
        this.place = place;
    }

    @Override
    public void accept(CrashPoint point) {
        if (point == place) {
            arrived.release();
            try {
                gone.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until some more threads have come to the place. */
    void awaitArrivals(int count) throws InterruptedException {
        assertThat(arrived.tryAcquire(count, PATIENCE, TimeUnit.SECONDS))
                .as("%s threads have come to %s", count, place)
                .isTrue();
    }

    /** Lets one thread go. */
    void letOneGo() {
        gone.release();
    }

    /** Lets all threads go, those still to come as well. */
    @Override
    public void close() {
        gone.release(MANY);
    }
}
