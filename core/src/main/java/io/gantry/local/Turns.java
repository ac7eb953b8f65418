// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who change a dataset take turns. Unlike a lock, a turn belongs to a load, not to a thread, and so can be taken
 * away when the thread does not come back.
 */
final class Turns<T> {

    /** A turn that nobody waits for the end of. */
    static final Turn NONE = () -> {};

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private @Nullable Turn present;
    private @Nullable T owner;

    /** The time in which nobody else may change the dataset. Ending it twice does nothing more. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Waits for a turn.
     *
     * @param of who it can be taken away from; null for someone who keeps it
     */
    Turn take(@Nullable T of) {
        lock.lock();
        try {
            while (present != null) {
                ended.awaitUninterruptibly();
            }
            Turn turn = new Turn() {
                @Override
                public void close() {
                    end(this);
                }
            };
            present = turn;
            owner = of;
            return turn;
        } finally {
            lock.unlock();
        }
    }

    private void end(Turn turn) {
        lock.lock();
        try {
            if (present == turn) {
                free();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the present turn if it belongs to one of these. */
    void revoke(Predicate<T> whose) {
        lock.lock();
        try {
            if (owner != null && whose.test(owner)) {
                free();
            }
        } finally {
            lock.unlock();
        }
    }

    private void free() {
        present = null;
        owner = null;
        ended.signal();
    }
}
