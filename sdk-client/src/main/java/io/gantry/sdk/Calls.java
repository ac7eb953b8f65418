// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the users' calls, each on a thread of its own, so that a caller who is interrupted or cancels a future
 * gets away at once even from a socket that hangs.
 */
final class Calls implements AutoCloseable {
    private static final long CLOSE_SECONDS = 10;

    private final Executor executor;
    private final @Nullable ExecutorService owned;
    private final Set<Operation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Uses the executor handed in and leaves it open, or else threads of its own. */
    Calls(@Nullable Executor given) {
        ExecutorService own = given == null ? Executors.newCachedThreadPool(work -> new Worker(this, work)) : null;
        this.owned = own;
        this.executor = own == null ? Objects.requireNonNull(given) : own;
    }

    <T> CompletableFuture<T> start(Operation operation, Function<Operation, T> work) {
        if (closed) {
            return CompletableFuture.failedFuture(closedClient());
        }
        CompletableFuture<T> result = new CompletableFuture<>();
        // Whoever ends the future from outside, by cancelling it or by a time-out of its own, ends the call too.
        result.whenComplete((value, failure) -> operation.cancel());
        running.add(operation);
        try {
            executor.execute(() -> carryOut(operation, work, result));
        } catch (RejectedExecutionException e) {
            running.remove(operation);
            if (closed) {
                return CompletableFuture.failedFuture(closedClient());
            }
            throw e;
        }
        if (closed) {
            operation.cancel();
        }
        return result;
    }

    /** Waits for the result. An interrupt cancels the call, is kept, and waits only for the call to tidy up. */
    <T> T block(Operation operation, Function<Operation, T> work) {
        if (Thread.currentThread().isInterrupted()) {
            throw operation.cancellation();
        }
        CompletableFuture<T> result = start(operation, work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    operation.cancel();
                }
            }
        } catch (ExecutionException e) {
            throw seenFromHere(Objects.requireNonNull(e.getCause()));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(Operation::cancel);
        if (owned == null) {
            return;
        }
        owned.shutdown();
        // A callback of a future may close the client from one of its own threads, which then need not wait for itself.
        if (Thread.currentThread() instanceof Worker worker && worker.belongsTo(this)) {
            return;
        }
        try {
            if (!owned.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                owned.shutdownNow();
            }
        } catch (InterruptedException e) {
            owned.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private <T> void carryOut(Operation operation, Function<Operation, T> work, CompletableFuture<T> result) {
        operation.begin();
        try {
            T value = work.apply(operation);
            running.remove(operation);
            operation.end();
            result.complete(value);
        } catch (Throwable e) {
            running.remove(operation);
            operation.end();
            // After a cancellation anything may break; the cancellation is what the caller should hear of.
            result.completeExceptionally(
                    operation.isCancelled() && e instanceof RuntimeException ? operation.cancellation() : e);
        }
    }

    /** Adds the caller's stack below that of the thread that failed, so that the trace shows who called. */
    private static RuntimeException seenFromHere(Throwable failure) {
        StackTraceElement[] here = Thread.currentThread().getStackTrace();
        failure.setStackTrace(Stream.concat(
                        Stream.of(failure.getStackTrace()), Stream.of(here).skip(2))
                .toArray(StackTraceElement[]::new));
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }

    private static ImpexException closedClient() {
        return new ImpexException(ErrorCode.CLIENT_CLOSED, "the client is closed; build a new one");
    }

    private static final class Worker extends Thread {
        private static final AtomicInteger NUMBERS = new AtomicInteger();

        private final Calls owner;

        Worker(Calls owner, Runnable work) {
            super(work, "gantry-impex-" + NUMBERS.incrementAndGet());
            this.owner = owner;
            setDaemon(true);
        }

        boolean belongsTo(Calls calls) {
            return owner == calls;
        }
    }
}
