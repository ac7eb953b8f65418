// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import io.gantry.spi.run.Pulse;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Beats when it is told to, on the thread that tells it; so a test can have an engine fall silent. For one engine. */
public final class ManualPulse implements Pulse {

    private final ReentrantLock lock = new ReentrantLock();
    private Runnable beat = () -> {};

    /** Makes a pulse that is silent. */
    public ManualPulse() {
        // silent
    }

    @Override
    public Beating begin(Duration period, Runnable work) {
        set(work);
        return () -> set(() -> {});
    }

    private void set(Runnable work) {
        lock.lock();
        try {
            beat = work;
        } finally {
            lock.unlock();
        }
    }

    /** Beats once, and returns when all that belongs to the beat is done; what it has set off goes on by itself. */
    public void beat() {
        lock.lock();
        try {
            beat.run();
        } finally {
            lock.unlock();
        }
    }
}
