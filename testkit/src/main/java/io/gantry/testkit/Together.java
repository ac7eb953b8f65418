// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets threads begin at the same moment, and waits for all of them. */
final class Together {

    /** What a thread does. */
    @FunctionalInterface
    interface Work {
        void run(int thread) throws Exception;
    }

    private static final int MINUTES = 3;

    private Together() {}

    static void run(int threads, Work work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<?>> ends = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                ends.add(pool.submit(() -> {
                    start.await();
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get(MINUTES, TimeUnit.MINUTES);
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new AssertionError("A thread failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("The threads did not end", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
