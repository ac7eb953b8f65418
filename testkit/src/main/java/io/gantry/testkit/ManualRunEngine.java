// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import io.gantry.spi.run.RunEngine;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Carries out runs when it is told to, on the thread that tells it: a test decides what happens and when. Threads that tell it at
 * the same time each carry out a run of their own, like slots.
 */
public final class ManualRunEngine implements RunEngine {

    private static final int PATIENCE = 10;

    private final int slots;

    /** Guards all that follows; nothing is done under it but to look at them. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition idle = lock.newCondition();
    private final Set<Thread> busy = new HashSet<>();
    private Worker worker = () -> false;

    /**
     * Makes an engine.
     *
     * @param slots how many runs it says to carry out at once
     */
    public ManualRunEngine(int slots) {
        this.slots = slots;
    }

    @Override
    public void open(Worker work) {
        lock.lock();
        try {
            worker = work;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Carries out the run that is due.
     *
     * @return false when none was
     */
    public boolean carryOutNext() {
        Thread thread = Thread.currentThread();
        Worker now;
        lock.lock();
        try {
            now = worker;
            busy.add(thread);
        } finally {
            lock.unlock();
        }
        try {
            return now.carryOutNext();
        } finally {
            lock.lock();
            try {
                busy.remove(thread);
                idle.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Carries out runs until none is due.
     *
     * @return how many there were
     */
    public int carryOutAll() {
        int count = 0;
        while (carryOutNext()) {
            count++;
        }
        return count;
    }

    @Override
    public void wake() {
        // nobody sleeps
    }

    @Override
    public int slots() {
        return slots;
    }

    /** Begins no more runs. Does not wait for those under way: nobody would tell them to go on. */
    @Override
    public boolean drain(Duration grace) {
        lock.lock();
        try {
            worker = () -> false;
            return busy.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            worker = () -> false;
            busy.forEach(Thread::interrupt);
            long left = TimeUnit.SECONDS.toNanos(PATIENCE);
            while (!busy.isEmpty() && left > 0) {
                left = idle.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
