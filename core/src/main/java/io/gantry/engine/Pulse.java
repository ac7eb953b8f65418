// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an engine does again and again as long as it is open: one thread, started with it and ended with it. */
public final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "gantry-pulse");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Begins to beat.
     *
     * @param period from the end of one beat to the next
     * @param beat what to do
     */
    public Pulse(Duration period, Runnable beat) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        beat.run();
                    } catch (RuntimeException e) {
                        // else there would be no next beat
                        LOG.warn("A beat of the engine failed", e);
                    }
                },
                period.toMillis(),
                period.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
