// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.spi.ProviderException;
import io.gantry.spi.run.RunEngine;
import io.gantry.spi.run.RunEngine.Ticket;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private static void refuses(RunEngine engine) {
        assertThatThrownBy(() -> engine.submit(new Ticket("acme", "late")))
                .isInstanceOfSatisfying(
                        ProviderException.class,
                        failure -> assertThat(failure.code()).isEqualTo("ENGINE_CLOSED"));
    }

    @Test
    final void each_ticket_is_carried_out_once() {
        Map<Ticket, Integer> times = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(400);
        try (RunEngine engine = create()) {
            engine.open(ticket -> {
                times.merge(ticket, 1, Integer::sum);
                all.countDown();
            });
            Together.run(4, thread -> {
                for (int i = 0; i < 100; i++) {
                    engine.submit(new Ticket("tenant" + thread, "r-" + i));
                }
            });
            await(all);
            assertThat(engine.drain(PATIENCE)).isTrue();
        }
        assertThat(times).hasSize(400);
        assertThat(times.values()).containsOnly(1);
    }

    @Test
    final void two_runs_are_under_way_at_once() {
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch met = new CountDownLatch(2);
        try (RunEngine engine = create()) {
            engine.open(ticket -> {
                both.countDown();
                await(both);
                met.countDown();
            });
            engine.submit(new Ticket("acme", "a"));
            engine.submit(new Ticket("acme", "b"));
            await(met);
        }
    }

    @Test
    final void submitting_waits_for_no_run() {
        CountDownLatch hold = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(50);
        try (RunEngine engine = create()) {
            engine.open(ticket -> {
                await(hold);
                all.countDown();
            });
            for (int i = 0; i < 50; i++) {
                engine.submit(new Ticket("acme", "r-" + i));
            }
            assertThat(all.getCount()).isEqualTo(50);
            hold.countDown();
            await(all);
        }
    }

    @Test
    final void a_worker_that_throws_harms_no_other_run() {
        CountDownLatch good = new CountDownLatch(20);
        try (RunEngine engine = create()) {
            engine.open(ticket -> {
                if (ticket.run().startsWith("bad")) {
                    throw new IllegalStateException("A defect of the worker, for the test");
                }
                good.countDown();
            });
            for (int i = 0; i < 20; i++) {
                engine.submit(new Ticket("acme", "bad-" + i));
                engine.submit(new Ticket("acme", "good-" + i));
            }
            await(good);
            assertThat(engine.drain(PATIENCE)).isTrue();
        }
    }

    @Test
    final void drain_takes_no_more_and_waits_for_what_is_under_way() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        try (RunEngine engine = create()) {
            engine.open(ticket -> {
                begun.countDown();
                await(hold);
                ended.set(true);
            });
            engine.submit(new Ticket("acme", "a"));
            await(begun);
            assertThat(engine.drain(Duration.ofMillis(1))).isFalse();
            refuses(engine);
            assertThat(ended).isFalse();
            hold.countDown();
            assertThat(engine.drain(PATIENCE)).isTrue();
            assertThat(ended).isTrue();
        }
    }

    @Test
    final void an_engine_without_runs_is_drained_at_once() {
        try (RunEngine engine = create()) {
            engine.open(ticket -> {});
            assertThat(engine.drain(Duration.ZERO)).isTrue();
            refuses(engine);
        }
    }

    @Test
    final void close_interrupts_what_is_under_way_and_begins_nothing_more() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Queue<Ticket> carriedOut = new ConcurrentLinkedQueue<>();
        RunEngine engine = create();
        engine.open(ticket -> {
            carriedOut.add(ticket);
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        for (int i = 0; i < 1_000; i++) {
            engine.submit(new Ticket("acme", "r-" + i));
        }
        await(begun);
        engine.close();
        await(interrupted);
        refuses(engine);
        int afterwards = carriedOut.size();
        assertThat(afterwards).isLessThan(1_000);
        engine.close();
        assertThat(carriedOut).hasSize(afterwards);
    }
}
