// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ways to end a call early, all of which leave the job alone. */
@Timeout(30)
class CancellationTest {
    private final Bench bench = new Bench();
    private final ImpexClient client =
            bench.builder().timeout(Duration.ofSeconds(25)).build();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
        bench.close();
    }

    @Test
    void an_interrupt_during_a_pause_ends_the_wait_keeps_the_flag_and_leaves_the_job_alone() {
        bench.answers(created(), running());
        Thread caller = Thread.currentThread();
        CountDownLatch never = new CountDownLatch(1);
        bench.time.beforeSleep(() -> {
            caller.interrupt();
            await(never);
        });

        ImpexException failure =
                catchThrowableOfType(ImpexException.class, () -> client.impex().exp(Bench.someExport()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(failure.jobId()).hasValue("job-1");
        assertThat(failure).hasMessage("the call was cancelled; job job-1 goes on");
        assertThat(bench.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void an_interrupt_ends_a_transfer_that_hangs_at_once_and_leaves_no_file() {
        bench.answers(created(), job("closed", bench.file("a.zip")), hanging());
        Thread caller = Thread.currentThread();
        ImpexListener interrupter = new ImpexListener() {
            @Override
            public void onDownload(Transfer transfer) {
                caller.interrupt();
            }
        };

        ImpexException failure = catchThrowableOfType(
                ImpexException.class,
                () -> client.impex().exp(Bench.someExport().into(directory).listener(interrupter)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(Bench.in(directory)).isEmpty();
        assertThat(client.derive().pool.connectionCount())
                .isEqualTo(client.derive().pool.idleConnectionCount());
    }

    @Test
    void a_thread_that_is_interrupted_already_sends_nothing() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> client.impex().imp(Bench.someImport()))
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bench.server.getRequestCount()).isZero();
    }

    @Test
    void a_future_gives_the_result_or_the_exception_of_the_blocking_call() {
        bench.answers(created(), job("closed", bench.file("a.zip")), zip(), created(), job("failed"));

        assertThat(client.impex()
                        .expAsync(Bench.someExport().into(directory))
                        .join()
                        .files())
                .hasSize(1);
        assertThatThrownBy(() -> client.impex().impAsync(Bench.someImport()).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(JobFailedException.class);
    }

    @Test
    void a_cancelled_future_stops_the_wait_and_leaves_the_job_alone() throws Exception {
        CompletableFuture<ExportResult> future = endingInItsPause(call -> call.cancel(true));
        assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        client.close();
        assertThat(bench.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void a_future_that_is_ended_by_others_ends_the_call_too() throws Exception {
        endingInItsPause(call -> call.completeExceptionally(new TimeoutException("as by orTimeout")));
    }

    @Test
    void closing_the_client_ends_its_calls_and_tidies_up_before_it_returns() throws Exception {
        bench.answers(created(), job("closed", bench.file("a.zip")), hanging());
        CountDownLatch downloading = new CountDownLatch(1);
        ImpexListener listener = new ImpexListener() {
            @Override
            public void onDownload(Transfer transfer) {
                downloading.countDown();
            }
        };
        CompletableFuture<ExportResult> future =
                client.impex().expAsync(Bench.someExport().into(directory).listener(listener));
        assertThat(downloading.await(10, TimeUnit.SECONDS)).isTrue();

        client.close();

        assertThat(future).isCompletedExceptionally();
        assertThatThrownBy(future::join)
                .cause()
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Bench.in(directory)).isEmpty();
        assertThatThrownBy(() -> client.impex().exports().list())
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLIENT_CLOSED));
        assertThat(client.impex().impAsync(Bench.someImport())).isCompletedExceptionally();
        client.close();
    }

    @Test
    void a_callback_may_close_the_client() {
        bench.answers(created(), job("closed", bench.file("a.zip")), zip());
        long start = System.nanoTime();
        client.impex()
                .expAsync(Bench.someExport().into(directory))
                .thenRun(client::close)
                .join();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        assertThatThrownBy(() -> client.impex().exports().list()).hasMessage("the client is closed; build a new one");
    }

    @Test
    void an_executor_that_was_handed_in_is_used_stays_open_and_keeps_its_threads_uninterrupted() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        AtomicReference<Thread> worker = new AtomicReference<>();
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        executor.submit(() -> worker.set(Thread.currentThread())).get();
        try (ImpexClient other = client.derive()
                .executor(executor)
                .listener(new ImpexListener() {
                    @Override
                    public void onRequest(RequestEvent event) {
                        seen.add(Thread.currentThread());
                    }
                })
                .build()) {
            bench.answers(created(), running());
            CountDownLatch pausing = new CountDownLatch(1);
            bench.time.beforeSleep(() -> {
                pausing.countDown();
                await(new CountDownLatch(1));
            });
            CompletableFuture<ExportResult> future = other.impex().expAsync(Bench.someExport());
            assertThat(pausing.await(10, TimeUnit.SECONDS)).isTrue();
            future.cancel(true);
        }
        assertThat(seen).containsExactly(worker.get());
        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).get())
                .isFalse();
        executor.shutdown();
        assertThat(executor.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void the_stack_trace_of_a_failure_shows_the_thread_that_called() {
        bench.answers(Bench.status(404));
        assertThatThrownBy(() -> client.impex().exports().status("job-1"))
                .satisfies(e -> assertThat(e.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(CancellationTest.class.getName())));
    }

    /** A call whose future is ended from outside while it pauses, and whose pause that interrupts. */
    private CompletableFuture<ExportResult> endingInItsPause(Predicate<CompletableFuture<ExportResult>> end)
            throws InterruptedException {
        bench.answers(created(), running());
        CountDownLatch pausing = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        bench.time.beforeSleep(() -> {
            pausing.countDown();
            await(new CountDownLatch(1));
            interrupted.countDown();
        });
        CompletableFuture<ExportResult> future = client.impex().expAsync(Bench.someExport());
        assertThat(pausing.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(end.test(future)).isTrue();
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        return future;
    }

    /** A download of which the first half comes and then nothing. */
    private static MockResponse hanging() {
        return zip(Bench.bytes(2_000_000))
                .newBuilder()
                .onResponseBody(SocketEffect.Stall.INSTANCE)
                .build();
    }

    /** Waits as a real pause would: until it is interrupted, which it leaves to be found. */
    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
