// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.run;

import java.time.Duration;

/**
 * Decides when and where runs are carried out. The engine hands it the ids of queued runs; it calls back with each id,
 * here or in another process that shares the same state. Safe for use by several threads.
 */
public interface RunEngine extends AutoCloseable {

    /**
     * Begins to take runs; called once, before anything else.
     *
     * @param worker carries out one run; blocks until it has ended, and never throws
     */
    void open(Worker worker);

    /**
     * Takes a run that is queued. Returns at once.
     *
     * @param ticket names the run
     * @throws io.gantry.spi.ProviderException with code {@code ENGINE_CLOSED} after {@link #close}, {@code QUEUE_FULL} when
     *     it takes no more
     */
    void submit(Ticket ticket);

    /**
     * Takes no more runs and waits for those under way.
     *
     * @param grace how long to wait
     * @return whether all ended in time
     */
    boolean drain(Duration grace);

    /** Takes no more runs, interrupts those under way, and waits a little for them to end. */
    @Override
    void close();

    /**
     * Names a run.
     *
     * @param tenant whose
     * @param run its id
     */
    record Ticket(String tenant, String run) {}

    /** Carries out runs. */
    @FunctionalInterface
    interface Worker {
        /**
         * Carries out one run.
         *
         * @param ticket names it
         */
        void carryOut(Ticket ticket);
    }
}
