// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import io.gantry.spi.run.Pulse;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Beats in real time, on a thread of its own for each engine. */
public final class TimerPulse implements Pulse {

    /** Makes a pulse. */
    public TimerPulse() {
        // no state
    }

    @Override
    public Beating begin(Duration period, Runnable beat) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "gantry-pulse");
            thread.setDaemon(true);
            return thread;
        });
        timer.scheduleWithFixedDelay(beat, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return timer::shutdownNow;
    }
}
