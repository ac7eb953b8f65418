// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.FailureKind;
import io.gantry.spi.ProviderException;
import io.gantry.spi.run.RunEngine;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Carries out runs in this process, a few at a time, in the order they were submitted. */
public final class LocalRunEngine implements RunEngine {

    private static final int LONGEST_QUEUE = 100_000;

    private final ThreadPoolExecutor pool;
    private volatile @Nullable Worker worker;

    /**
     * Makes an engine.
     *
     * @param slots how many runs are carried out at once, at least 1
     */
    public LocalRunEngine(int slots) {
        AtomicInteger count = new AtomicInteger();
        pool = new ThreadPoolExecutor(
                slots, slots, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(LONGEST_QUEUE), task -> {
                    Thread thread = new Thread(task, "gantry-run-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    @Override
    public void open(Worker worker) {
        this.worker = worker;
    }

    @Override
    public void submit(Ticket ticket) {
        Worker current = worker;
        if (current == null) {
            throw new IllegalStateException("The engine was not opened");
        }
        try {
            pool.execute(() -> current.carryOut(ticket));
        } catch (RejectedExecutionException e) {
            boolean closed = pool.isShutdown();
            throw new ProviderException(
                    closed ? "ENGINE_CLOSED" : "QUEUE_FULL",
                    FailureKind.TRANSIENT,
                    closed ? "The engine takes no more runs" : LONGEST_QUEUE + " runs are waiting already");
        }
    }

    @Override
    public boolean drain(Duration grace) {
        pool.shutdown();
        return await(grace);
    }

    private boolean await(Duration grace) {
        try {
            return pool.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
        await(Duration.ofSeconds(5));
    }
}
