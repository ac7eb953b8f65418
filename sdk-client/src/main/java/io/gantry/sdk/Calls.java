// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import java.time.Duration;
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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the users' calls, each on a thread of its own, so that a caller who is interrupted or cancels a future
 * gets away at once even from a socket that hangs.
 *
 * <p>The executor of the application, if there is one, only carries out asynchronous calls. Blocking calls, deadlines,
 * closing and the completion of futures use threads of the client and never wait for it: all its threads may be busy
 * with callbacks that call the client again.
 */
final class Calls implements AutoCloseable {
    private static final Duration TIDYING = Duration.ofSeconds(10);

    private final ExecutorService own = Executors.newCachedThreadPool(work -> new Worker(this, work));
    private final Executor executor;
    private final Time time;
    private final Set<Running<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Carries out asynchronous calls on the executor handed in, which stays open, or else on threads of its own. */
    Calls(@Nullable Executor given, Time time) {
        this.executor = given == null ? own : given;
        this.time = time;
    }

    <T> CompletableFuture<T> start(Operation operation, Function<Operation, T> work) {
        return start(operation, work, executor);
    }

    /** Waits for the result. An interrupt cancels the call, is kept, and waits a little for the call to tidy up. */
    <T> T block(Operation operation, Function<Operation, T> work) {
        if (Thread.currentThread().isInterrupted()) {
            operation.release();
            throw operation.cancellation();
        }
        CompletableFuture<T> result = start(operation, work, own);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return interrupted ? result.get(TIDYING.toSeconds(), TimeUnit.SECONDS) : result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    operation.cancel();
                }
            }
        } catch (TimeoutException e) {
            ImpexException given = operation.cancellation();
            // A result that still comes is then known to be unwanted.
            result.completeExceptionally(given);
            throw given;
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
        for (Running<?> call : running) {
            call.operation.cancel();
            if (!call.operation.hasBegun()) {
                settle(() -> call.fail(call.operation.cancellation()));
            }
        }
        own.shutdown();
        // A callback of a future may close the client from one of its own threads, which then need not wait for itself.
        if (Thread.currentThread() instanceof Worker worker && worker.belongsTo(this)) {
            return;
        }
        try {
            if (!own.awaitTermination(TIDYING.toSeconds(), TimeUnit.SECONDS)) {
                own.shutdownNow();
            }
        } catch (InterruptedException e) {
            own.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> start(Operation operation, Function<Operation, T> work, Executor where) {
        if (closed) {
            operation.release();
            return CompletableFuture.failedFuture(closedClient());
        }
        Running<T> call = new Running<>(operation, work, where == own);
        running.add(call);
        // Whoever ends the future from outside, by cancelling it or by a time-out of its own, ends the call too.
        call.result.whenComplete((value, failure) -> {
            running.remove(call);
            operation.cancel();
            if (operation.drop()) {
                operation.release();
            }
        });
        Runnable alarm = time.alarm(operation.remaining(), () -> expire(call));
        call.result.whenComplete((value, failure) -> alarm.run());
        try {
            where.execute(() -> carryOut(call));
        } catch (RejectedExecutionException e) {
            call.fail(
                    closed
                            ? closedClient()
                            : new ImpexException(
                                    ErrorCode.INVALID_CONFIGURATION,
                                    "the executor that was handed in refuses the call: " + e.getMessage(),
                                    operation.facts(),
                                    e));
        }
        if (closed) {
            operation.cancel();
            if (!operation.hasBegun()) {
                call.fail(operation.cancellation());
            }
        }
        return call.result;
    }

    /** Ends a call at its deadline that no thread has begun, or that does not notice because it is stuck elsewhere. */
    private void expire(Running<?> call) {
        if (!call.operation.hasBegun()) {
            settle(() -> call.fail(call.operation.timeout("the deadline has passed", null)));
            return;
        }
        Runnable alarm = time.alarm(
                TIDYING, () -> settle(() -> call.fail(call.operation.timeout("the deadline has passed", null))));
        call.result.whenComplete((value, failure) -> alarm.run());
    }

    private <T> void carryOut(Running<T> call) {
        Operation operation = call.operation;
        if (!operation.begin()) {
            return;
        }
        try {
            T value = call.work.apply(operation);
            operation.end();
            settle(call, () -> call.succeed(value));
        } catch (Throwable e) {
            operation.end();
            // After a cancellation anything may break; the cancellation is what the caller should hear of.
            Throwable failure = operation.isCancelled() && e instanceof RuntimeException ? operation.cancellation() : e;
            settle(call, () -> call.fail(failure));
        } finally {
            operation.release();
        }
    }

    private void settle(Running<?> call, Runnable completion) {
        if (call.onOwnThread) {
            completion.run();
        } else {
            settle(completion);
        }
    }

    /** Completes a future on a thread of the client, as its callbacks may block. */
    private void settle(Runnable completion) {
        try {
            own.execute(completion);
        } catch (RejectedExecutionException e) {
            completion.run();
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

    /** A call whose future is not complete yet. */
    private static final class Running<T> {
        private final Operation operation;
        private final Function<Operation, T> work;
        private final boolean onOwnThread;
        private final CompletableFuture<T> result = new CompletableFuture<>();

        Running(Operation operation, Function<Operation, T> work, boolean onOwnThread) {
            this.operation = operation;
            this.work = work;
            this.onOwnThread = onOwnThread;
        }

        void succeed(T value) {
            if (!result.complete(value) && value instanceof ExportResult unwanted) {
                unwanted.close();
            }
        }

        void fail(Throwable failure) {
            result.completeExceptionally(failure);
        }
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
