// SPDX-License-Identifier: Apache-2.0
package io.gantry.local;

import io.gantry.spi.run.RunEngine;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Carries out runs in this process, a few at a time. */
public final class LocalRunEngine implements RunEngine {

    private final int slots;
    private final ExecutorService threads;

    /** Guards {@link #wakes} and {@link #open}; nothing is done under it but to look at them. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition news = lock.newCondition();
    private long wakes;
    private boolean open = true;

    /**
     * Makes an engine.
     *
     * @param slots how many runs are carried out at once, at least 1
     */
    public LocalRunEngine(int slots) {
        AtomicInteger count = new AtomicInteger();
        this.slots = slots;
        this.threads = Executors.newFixedThreadPool(slots, task -> {
            Thread thread = new Thread(task, "gantry-run-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public void open(Worker worker) {
        for (int i = 0; i < slots; i++) {
            threads.execute(() -> work(worker));
        }
    }

    private void work(Worker worker) {
        long seen = -1;
        while (true) {
            lock.lock();
            try {
                while (open && seen == wakes) {
                    news.await();
                }
                if (!open) {
                    return;
                }
                seen = wakes;
            } catch (InterruptedException e) {
                return; // the engine was closed
            } finally {
                lock.unlock();
            }
            boolean more = true;
            while (more && isOpen()) {
                more = carryOutNext(worker);
            }
        }
    }

    /** A worker never throws; if it does for a defect, that must not cost a slot. */
    private static boolean carryOutNext(Worker worker) {
        try {
            return worker.carryOutNext();
        } catch (RuntimeException | Error e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            return true;
        }
    }

    private boolean isOpen() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void wake() {
        lock.lock();
        try {
            wakes++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public boolean drain(Duration grace) {
        lock.lock();
        try {
            open = false;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        threads.shutdown();
        return await(grace);
    }

    private boolean await(Duration grace) {
        try {
            return threads.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
        threads.shutdownNow();
        await(Duration.ofSeconds(5));
    }
}
