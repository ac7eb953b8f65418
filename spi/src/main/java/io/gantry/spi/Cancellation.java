// SPDX-License-Identifier: Apache-2.0
package io.gantry.spi;

/** Tells work that it should stop. Safe for use by several threads. */
public interface Cancellation {

    /** The cancellation that never comes. */
    Cancellation NEVER = new Cancellation() {
        @Override
        public boolean requested() {
            return false;
        }

        @Override
        public Registration onRequest(Runnable action) {
            return () -> {};
        }
    };

    /**
     * Whether to stop. Once true, it stays true.
     *
     * @return true when the work should end at its next safe point
     */
    boolean requested();

    /**
     * Runs an action when cancellation is requested, at once if it already was: for work that blocks where it cannot look
     * at {@link #requested()}, such as a statement in a database. The action runs on the requesting thread and must
     * neither block nor throw.
     *
     * @param action what ends the blocking call
     * @return takes the action back
     */
    Registration onRequest(Runnable action);

    /** Takes an action back; closing twice does nothing more. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
