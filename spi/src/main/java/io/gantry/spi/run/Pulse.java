// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi.run;

import java.time.Duration;

/**
 * Has something done again and again. With each beat an engine shows signs of life for the runs it carries out, learns which of
 * them were cancelled or lost elsewhere, and looks for work that others have left.
 */
@FunctionalInterface
public interface Pulse {

    /**
     * Begins to beat.
     *
     * @param period how long at most from one beat to the next; where beats are later, work is taken for lost though nobody
     *     died
     * @param beat what to do; may take a while, must not be done by two threads at once, and never throws
     * @return ends the beats
     */
    Beating begin(Duration period, Runnable beat);

    /** Beats that go on. */
    interface Beating extends AutoCloseable {

        /** Begins no more beats. Need not wait for one that was begun. */
        @Override
        void close();
    }
}
