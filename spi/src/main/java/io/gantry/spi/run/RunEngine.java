// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.run;

import java.time.Duration;

/**
 * Gives runs the threads that carry them out. Which run comes next is not its business: when it has a thread to spare it asks
 * the {@link Worker} to carry out whatever is due, until nothing is. Safe for use by several threads.
 */
public interface RunEngine extends AutoCloseable {

    /**
     * Begins to carry out runs; called once, before anything else.
     *
     * @param worker knows which run is due
     */
    void open(Worker worker);

    /** Says that there may be something due that was not. Returns at once. */
    void wake();

    /**
     * How many runs it carries out at once.
     *
     * @return at least 1
     */
    int slots();

    /**
     * Begins no more runs, and waits for those under way.
     *
     * @param grace how long to wait
     * @return whether all ended in time
     */
    boolean drain(Duration grace);

    /** Begins no more runs, interrupts those under way, and waits a little for them to end. */
    @Override
    void close();

    /** Carries out runs. */
    @FunctionalInterface
    interface Worker {
        /**
         * Carries out the run that is due, if one is; blocks until it has ended, and never throws.
         *
         * @return false when none was due
         */
        boolean carryOutNext();
    }
}
