// SPDX-License-Identifier: Apache-2.0
package io.gantry.run.loop;

import io.gantry.spi.records.RecordReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Moves batches from the reader over the mappers to the loader, which is the thread that calls {@link #run}. One thread reads,
 * others map, and all hand over in the order of the file: so the outcome is the same whatever their number. Memory is that of
 * the slots in the ring.
 */
final class Pump {

    private final Intake intake;
    private final List<Slot> slots;
    private final int threads;
    private final String name;

    /**
     * @param threads how many map
     * @param name of the threads
     */
    Pump(Intake intake, List<Slot> slots, int threads, String name) {
        this.intake = intake;
        this.slots = slots;
        this.threads = threads;
        this.name = name;
    }

    /**
     * Reads the whole file.
     *
     * @param loader takes each batch in order; false ends the reading
     */
    void run(Predicate<Slot> loader) throws IOException, InterruptedException {
        BlockingQueue<Slot> free = new ArrayBlockingQueue<>(slots.size(), false, slots);
        // one place more than there are slots: the end of the file must find room, too
        BlockingQueue<Future<Optional<Slot>>> ready = new ArrayBlockingQueue<>(slots.size() + 1);
        ExecutorService pool = Executors.newFixedThreadPool(1 + threads, task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        try {
            pool.execute(() -> read(pool, free, ready));
            while (true) {
                Optional<Slot> slot = ready.take().get();
                if (slot.isEmpty() || !loader.test(slot.get())) {
                    return;
                }
                free.put(slot.get());
            }
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
        } finally {
            // nobody may use the slots or the file any more when this returns
            pool.shutdownNow();
            boolean interrupted = false;
            while (!pool.isTerminated()) {
                try {
                    pool.awaitTermination(1, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void read(ExecutorService pool, BlockingQueue<Slot> free, BlockingQueue<Future<Optional<Slot>>> ready) {
        Throwable failure;
        try (RecordReader reader = intake.reader()) {
            while (true) {
                Slot slot = free.take();
                long begin = System.nanoTime();
                if (!reader.read(slot.text)) {
                    intake.ended(reader);
                    ready.put(CompletableFuture.completedFuture(Optional.empty()));
                    return;
                }
                slot.from = intake.firstData(slot.text);
                slot.consumed = reader.consumed();
                slot.readNanos = System.nanoTime() - begin;
                ready.put(pool.submit(() -> Optional.of(slot.map())));
            }
        } catch (InterruptedException e) {
            return; // the loader has left, and waits for nothing
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        }
        // there is room: each batch in the queue holds a slot, and this thread holds one of them
        ready.add(CompletableFuture.failedFuture(failure));
    }
}
