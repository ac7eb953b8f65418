// SPDX-License-Identifier: Apache-2.0
package io.gantry.sdk;

import static io.gantry.sdk.Bench.created;
import static io.gantry.sdk.Bench.job;
import static io.gantry.sdk.Bench.running;
import static io.gantry.sdk.Bench.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An executor of one thread, which is busy whenever it is needed most. */
@Timeout(30)
class ExecutorTest {
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private final Bench bench = new Bench();
    private ImpexClient client;

    @TempDir
    private Path directory;

    @BeforeEach
    void open() {
        ImpexClient.Builder settings = bench.builder().executor(executor);
        settings.time = Time.SYSTEM;
        client = settings.waiting(Waiting.defaults().retryInterval(Duration.ofMillis(1)))
                .build();
    }

    @AfterEach
    void close() {
        released.countDown();
        client.close();
        executor.shutdownNow();
        bench.close();
    }

    @Test
    void a_callback_may_make_blocking_calls() {
        bench.answers(created(), job("closed", bench.file("a.zip")), zip(), created(), running(), job("closed"));
        ImportJob done = client.impex()
                .expAsync(Bench.someExport().into(directory))
                .thenApply(exported -> client.impex().imp(Bench.someImport()))
                .join();
        assertThat(done.status()).isEqualTo(JobStatus.CLOSED);
    }

    @Test
    void a_callback_may_wait_for_asynchronous_calls() {
        bench.answers(running(), running(), running());
        String id = client.impex()
                .exports()
                .statusAsync("a")
                .thenApply(first -> client.impex().exports().statusAsync("b").join())
                .thenApply(second -> client.impex().imports().statusAsync("c").join())
                .join()
                .id();
        assertThat(id).isEqualTo("c");
    }

    @Test
    void a_task_of_the_executor_may_make_blocking_calls() throws Exception {
        bench.answers(running());
        assertThat(executor.submit(() -> client.impex().exports().status("a").id())
                        .get())
                .isEqualTo("a");
    }

    @Test
    void a_deadline_ends_a_call_that_the_executor_never_begins() {
        occupy();
        CompletableFuture<ExportResult> call =
                client.impex().expAsync(Bench.someExport().deadline(Duration.ofMillis(50)));
        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(
                        WaitTimeoutException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DEADLINE_REACHED));
        assertThat(bench.server.getRequestCount()).isZero();
    }

    @Test
    void a_call_whose_future_has_ended_is_not_made_when_the_executor_is_free_again() throws Exception {
        occupy();
        CompletableFuture<ExportJob> call = client.impex().exports().statusAsync("a");
        assertThat(call.cancel(true)).isTrue();
        released.countDown();
        executor.submit(() -> {}).get();
        assertThat(bench.server.getRequestCount()).isZero();
    }

    @Test
    void closing_the_client_ends_calls_that_the_executor_has_not_begun_and_waits_for_none() {
        occupy();
        AtomicBoolean streamClosed = new AtomicBoolean();
        CompletableFuture<ExportJob> call = client.impex().exports().statusAsync("a");
        CompletableFuture<ImportJob> upload = client.impex()
                .impAsync(ImportRequest.create().file(stream(streamClosed)).destination("a/b"));
        long begin = System.nanoTime();
        client.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        assertThatThrownBy(call::join)
                .cause()
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(upload).isCompletedExceptionally();
        assertThat(streamClosed).isTrue();
        assertThat(bench.server.getRequestCount()).isZero();
    }

    @Test
    void an_interrupt_ends_a_blocking_call_while_the_executor_is_busy() {
        occupy();
        bench.answers(created(), running());
        Thread caller = Thread.currentThread();
        ImpexListener interrupter = new ImpexListener() {
            @Override
            public void onJob(Job job) {
                caller.interrupt();
            }
        };
        assertThatThrownBy(() -> client.impex()
                        .exp(Bench.someExport()
                                .retryInterval(Duration.ofMinutes(5))
                                .listener(interrupter)))
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void a_future_may_be_waited_for_while_a_callback_of_another_one_blocks() {
        bench.answers(running(), running());
        CountDownLatch inCallback = new CountDownLatch(1);
        CompletableFuture<Void> blocked = client.impex()
                .exports()
                .statusAsync("a")
                .thenAccept(job -> {
                    inCallback.countDown();
                    await(released);
                });
        await(inCallback);
        assertThat(client.impex().exports().statusAsync("b").join().id()).isEqualTo("b");
        released.countDown();
        blocked.join();
    }

    @Test
    void an_executor_that_is_shut_down_fails_asynchronous_calls_and_no_others() {
        executor.shutdown();
        AtomicBoolean streamClosed = new AtomicBoolean();
        assertThatThrownBy(() -> client.impex()
                        .impAsync(ImportRequest.create()
                                .file(stream(streamClosed))
                                .destination("a/b"))
                        .join())
                .cause()
                .isInstanceOfSatisfying(
                        ImpexException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CONFIGURATION))
                .hasMessageContaining("the executor that was handed in refuses the call");
        assertThat(streamClosed).isTrue();
        bench.answers(running());
        assertThat(client.impex().exports().status("a").id()).isEqualTo("a");
    }

    @Test
    void an_executor_that_runs_tasks_where_they_are_handed_in_works_too() {
        bench.answers(running());
        try (ImpexClient direct = client.derive().executor(Runnable::run).build()) {
            assertThat(direct.impex().exports().statusAsync("a").join().id()).isEqualTo("a");
        }
    }

    @Test
    void a_deadline_ends_a_call_that_is_stuck_in_code_of_the_application() {
        CountDownLatch stuck = new CountDownLatch(1);
        Alarms alarms = new Alarms();
        bench.answers(running());
        ImpexClient.Builder settings = client.derive().listener(new ImpexListener() {
            @Override
            public void onRequest(RequestEvent event) {
                stuck.countDown();
                awaitWithoutInterrupt(released);
            }
        });
        settings.time = alarms;
        try (ImpexClient other = settings.build()) {
            CompletableFuture<ExportJob> call = other.impex().exports().statusAsync("a");
            await(stuck);
            alarms.ring();
            assertThat(call).isNotDone();
            alarms.ring();
            assertThatThrownBy(call::join).hasCauseInstanceOf(WaitTimeoutException.class);
            released.countDown();
        }
    }

    /** The real clock, with alarms that ring when the test wants. */
    private static final class Alarms implements Time {
        private final Queue<Runnable> pending = new ConcurrentLinkedQueue<>();

        @Override
        public Instant now() {
            return SYSTEM.now();
        }

        @Override
        public long nanos() {
            return SYSTEM.nanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            SYSTEM.sleep(duration);
        }

        @Override
        public void limit(Call call, Duration remaining) {}

        @Override
        public Runnable alarm(Duration delay, Runnable action) {
            pending.add(action);
            return () -> pending.remove(action);
        }

        void ring() {
            pending.remove().run();
        }
    }

    private static void awaitWithoutInterrupt(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Stuck is stuck.
            }
        }
    }

    private void occupy() {
        CountDownLatch busy = new CountDownLatch(1);
        executor.execute(() -> {
            busy.countDown();
            await(released);
        });
        await(busy);
    }

    private static InputStream stream(AtomicBoolean closed) {
        return new InputStream() {
            @Override
            public int read() {
                return -1;
            }

            @Override
            public void close() throws IOException {
                closed.set(true);
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
