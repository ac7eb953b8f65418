// SPDX-License-Identifier: Apache-2.0
package io.gantry.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who waits for runs to end in this process. Holds nothing for runs that nobody waits for. Safe for use by several threads. */
final class Endings {

    private final Map<String, Waiting> waiting = new HashMap<>();

    /** Those who wait for one run. */
    private static final class Waiting {
        private final CountDownLatch over = new CountDownLatch(1);
        private int count;
    }

    /** One who waits. */
    final class Waiter implements AutoCloseable {

        private final String run;
        private final Waiting those;

        private Waiter(String run, Waiting those) {
            this.run = run;
            this.those = those;
        }

        /** Waits until the run ends in this process, but no longer than some time. */
        void await(Duration longest) throws InterruptedException {
            those.over.await(longest.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public void close() {
            synchronized (waiting) {
                those.count--;
                if (those.count == 0) {
                    waiting.remove(run, those);
                }
            }
        }
    }

    /** Begins to wait: what ends from now on is not missed. */
    Waiter waiter(String run) {
        synchronized (waiting) {
            Waiting those = waiting.computeIfAbsent(run, id -> new Waiting());
            those.count++;
            return new Waiter(run, those);
        }
    }

    /** Has those who wait for a run look at it. */
    void tell(String run) {
        synchronized (waiting) {
            Waiting those = waiting.remove(run);
            if (those != null) {
                those.over.countDown();
            }
        }
    }
}
