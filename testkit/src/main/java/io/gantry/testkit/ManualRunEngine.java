// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import io.gantry.spi.run.RunEngine;
import java.time.Duration;

/**
 * Carries out runs when it is told to, on the thread that tells it: a test decides what happens and when. Threads that tell it at
 * the same time each carry out a run of their own, like slots.
 */
public final class ManualRunEngine implements RunEngine {

    private final int slots;
    private volatile Worker worker = () -> false;

    /**
     * Makes an engine.
     *
     * @param slots how many runs it says to carry out at once
     */
    public ManualRunEngine(int slots) {
        this.slots = slots;
    }

    @Override
    public void open(Worker work) {
        this.worker = work;
    }

    /**
     * Carries out the run that is due.
     *
     * @return false when none was
     */
    public boolean carryOutNext() {
        return worker.carryOutNext();
    }

    /**
     * Carries out runs until none is due.
     *
     * @return how many there were
     */
    public int carryOutAll() {
        int count = 0;
        while (carryOutNext()) {
            count++;
        }
        return count;
    }

    @Override
    public void wake() {
        // nobody sleeps
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public boolean drain(Duration grace) {
        close();
        return true;
    }

    @Override
    public void close() {
        worker = () -> false;
    }
}
