// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.spi.run.RunEngine;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Holds a run at a point until its engine, which is being closed, has asked it to stop. */
final class Closing implements Consumer<CrashPoint>, RunEngine {

    private static final long SECONDS = 60;

    private final RunEngine real = new LocalRunEngine(2);
    private final CrashPoint point;
    private final CountDownLatch there = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);
    private boolean draining;

    Closing(CrashPoint point) {
        this.point = point;
    }

    @Override
    public void accept(CrashPoint reached) {
        if (reached == point) {
            there.countDown();
            try {
                asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void awaitPoint() throws InterruptedException {
        assertThat(there.await(SECONDS, TimeUnit.SECONDS))
                .as("the engine comes to %s", point)
                .isTrue();
    }

    @Override
    public void open(Worker worker) {
        real.open(worker);
    }

    @Override
    public void wake() {
        real.wake();
    }

    @Override
    public int slots() {
        return real.slots();
    }

    /** Once to see whether all ends by itself, once more after the rest was asked to stop. */
    @Override
    public boolean drain(Duration grace) {
        if (draining) {
            asked.countDown();
        }
        draining = true;
        return real.drain(grace);
    }

    @Override
    public void close() {
        real.close();
    }
}
