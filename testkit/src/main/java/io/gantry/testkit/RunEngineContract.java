// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.spi.run.RunEngine;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RunEngine} must do. A provider's author extends it, implements the hook, and inherits the tests.
 *
 * <p>The suite is about an engine whose worker is in this process.
 */
public abstract class RunEngineContract {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** For the test class that extends the suite. */
    protected RunEngineContract() {}

    /**
     * Makes an engine that carries out at least two runs at once.
     *
     * @return not opened yet; the suite opens and closes it
     */
    protected abstract RunEngine create();

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it happened in time")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** What is due, and what is done when it is carried out. */
    private static final class Due implements RunEngine.Worker {

        private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
        private final Queue<String> begun = new ConcurrentLinkedQueue<>();
        private final Consumer<String> work;

        Due(Consumer<String> work) {
            this.work = work;
        }

        @Override
        public boolean carryOutNext() {
            String next = waiting.poll();
            if (next == null) {
                return false;
            }
            begun.add(next);
            work.accept(next);
            return true;
        }

        void submit(RunEngine engine, String run) {
            waiting.add(run);
            engine.wake();
        }
    }

    @Test
    final void all_that_is_due_is_carried_out_once() {
        CountDownLatch all = new CountDownLatch(400);
        Due due = new Due(run -> all.countDown());
        try (RunEngine engine = create()) {
            engine.open(due);
            Together.run(4, thread -> {
                for (int i = 0; i < 100; i++) {
                    due.submit(engine, thread + "-" + i);
                }
            });
            await(all);
            assertThat(engine.drain(PATIENCE)).isTrue();
        }
        assertThat(due.begun).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    final void no_wake_is_lost_however_it_falls() {
        try (RunEngine engine = create()) {
            CountDownLatch[] done = {new CountDownLatch(1)};
            Due due = new Due(run -> done[0].countDown());
            engine.open(due);
            for (int i = 0; i < 1_000; i++) {
                done[0] = new CountDownLatch(1);
                due.submit(engine, "r-" + i);
                await(done[0]);
            }
        }
    }

    @Test
    final void as_many_runs_are_under_way_at_once_as_there_are_slots() {
        try (RunEngine engine = create()) {
            assertThat(engine.slots()).isGreaterThanOrEqualTo(2);
            CountDownLatch all = new CountDownLatch(engine.slots());
            CountDownLatch met = new CountDownLatch(engine.slots());
            Due due = new Due(run -> {
                all.countDown();
                await(all);
                met.countDown();
            });
            engine.open(due);
            for (int i = 0; i < engine.slots(); i++) {
                due.submit(engine, "r-" + i);
            }
            await(met);
        }
    }

    @Test
    final void waking_waits_for_no_run() {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(50);
        Due due = new Due(run -> {
            await(hold);
            all.countDown();
        });
        try (RunEngine engine = create()) {
            engine.open(due);
            for (int i = 0; i < 50; i++) {
                due.submit(engine, "r-" + i);
            }
            assertThat(all.getCount()).isEqualTo(50);
            hold.countDown();
            await(all);
        }
    }

    @Test
    final void a_worker_that_throws_costs_no_slot() {
        CountDownLatch good = new CountDownLatch(20);
        Due due = new Due(run -> {
            if (run.startsWith("bad")) {
                throw new IllegalStateException("A defect of the worker, for the test");
            }
            good.countDown();
        });
        try (RunEngine engine = create()) {
            engine.open(due);
            for (int i = 0; i < 20; i++) {
                due.submit(engine, "bad-" + i);
                due.submit(engine, "good-" + i);
            }
            await(good);
            assertThat(engine.drain(PATIENCE)).isTrue();
        }
    }

    @Test
    final void drain_begins_no_more_and_waits_for_what_is_under_way() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Due due = new Due(run -> {
            begun.countDown();
            await(hold);
            ended.set(true);
        });
        try (RunEngine engine = create()) {
            engine.open(due);
            due.submit(engine, "a");
            await(begun);
            assertThat(engine.drain(Duration.ofMillis(1))).isFalse();
            due.submit(engine, "late");
            assertThat(ended).isFalse();
            hold.countDown();
            assertThat(engine.drain(PATIENCE)).isTrue();
            assertThat(ended).isTrue();
        }
        assertThat(due.begun).containsExactly("a");
    }

    @Test
    final void an_engine_without_runs_is_drained_at_once() {
        try (RunEngine engine = create()) {
            engine.open(() -> false);
            assertThat(engine.drain(PATIENCE)).isTrue();
        }
    }

    @Test
    final void close_interrupts_what_is_under_way_and_begins_nothing_more() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Due due = new Due(run -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        RunEngine engine = create();
        engine.open(due);
        for (int i = 0; i < 1_000; i++) {
            due.submit(engine, "r-" + i);
        }
        await(begun);
        engine.close();
        await(interrupted);
        int afterwards = due.begun.size();
        assertThat(afterwards).isLessThan(1_000);
        engine.wake();
        engine.close();
        assertThat(due.begun).hasSize(afterwards);
    }
}
