// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves batches from a reader through the stages to the thread that calls {@link #next}. One thread reads, others work on
 * batches, and all hand over in the order of the input: so the outcome is the same whatever their number. Memory is that of the
 * slots.
 *
 * <p>The threads are never interrupted, because some stores close their files when a thread that reads them is: when the ring is
 * closed, the reader ends after the batch it is at.
 */
final class Ring<S extends Slot> implements AutoCloseable {

    private final Batches<S> batches;
    private final BlockingQueue<S> free;
    // one place more than there are slots: the end of the input must find room, too
    private final BlockingQueue<Future<@Nullable S>> ready;
    private final ExecutorService pool;
    private final Future<?> reading;
    /** Put among the free slots so that a reader that waits for one sees that the ring is closed. */
    private final S wake;

    private volatile boolean closed;

    /** Where batches come from. */
    @FunctionalInterface
    interface Batches<S extends Slot> {
        /** Opens the input at its first record. Called on the thread that reads. */
        BatchReader<S> open() throws IOException;
    }

    /** Fills slots, one after the other. Used by one thread. */
    interface BatchReader<S extends Slot> extends AutoCloseable {
        /** Fills a slot; false when there is nothing more. */
        boolean read(S slot) throws IOException;

        @Override
        void close() throws IOException;
    }

    /**
     * Begins to read.
     *
     * @param threads how many work on batches
     * @param name of the threads
     */
    Ring(Batches<S> batches, List<S> slots, int threads, String name) {
        this.batches = batches;
        this.free = new ArrayBlockingQueue<>(slots.size() + 1, false, slots);
        this.ready = new ArrayBlockingQueue<>(slots.size() + 1);
        this.pool = Executors.newFixedThreadPool(1 + threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        this.wake = slots.get(0);
        this.reading = pool.submit(this::read);
    }

    /**
     * Waits for the next batch.
     *
     * @return it, to be given back by {@link #release}; null when there is none
     */
    @Nullable
    S next() throws IOException, InterruptedException {
        try {
            return ready.take().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    void release(S slot) {
        free.add(slot);
    }

    @SuppressWarnings("unchecked") // a batch that was worked on is the one that was handed in
    private void read() {
        Throwable failure;
        try (BatchReader<S> reader = batches.open()) {
            while (true) {
                S slot = free.take();
                if (closed) {
                    return;
                }
                long begin = System.nanoTime();
                if (!reader.read(slot)) {
                    ready.put(CompletableFuture.completedFuture(null));
                    return;
                }
                slot.readNanos = System.nanoTime() - begin;
                if (closed) {
                    return;
                }
                ready.put(pool.submit(() -> (S) slot.work()));
            }
        } catch (InterruptedException e) {
            failure = new IllegalStateException("The thread that reads was interrupted", e);
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        // there is room: each batch in the queue holds a slot, and this thread holds one of them
        ready.add(CompletableFuture.failedFuture(failure));
    }

    /** Ends the threads; afterwards no slot and no input is in use any more. */
    @Override
    public void close() {
        closed = true;
        free.offer(wake);
        boolean interrupted = false;
        while (!pool.isTerminated()) {
            try {
                reading.get();
                pool.shutdown();
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
