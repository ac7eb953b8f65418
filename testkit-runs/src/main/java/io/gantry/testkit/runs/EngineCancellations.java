// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import io.gantry.testkit.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** That a run is cancelled once, and that one that was cancelled loads nothing. */
@SuppressWarnings("try") // engines are closed early on purpose
interface EngineCancellations {

    Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    default void of_eight_who_cancel_a_run_that_waits_one_ends_it() {
        try (EngineRig rig = EngineRig.of(this)) {
            List<EngineSite> sites = List.of(rig.still().pipeline(), rig.still());
            Run run = sites.get(0).submit("a");
            Tally<Boolean> tally = new Tally<>();
            Together.run(
                    EngineMoves.THREADS,
                    thread -> tally.call(() -> sites.get(thread % 2).seen(run).cancel()));
            assertThat(tally.failedOnlyWith().successes())
                    .hasSize(EngineMoves.THREADS)
                    .containsOnlyOnce(true);
            assertThat(EngineRig.count(sites.get(0).workspace(), "RUN_CANCEL")).isEqualTo(1);
            assertThat(sites.get(0).runs().carryOutAll()).isZero();
            assertThat(run.refresh().status()).isEqualTo(RunStatus.CANCELLED);
            rig.assertIds();
        }
    }

    @Test
    default void eight_who_cancel_a_run_under_way_stop_it_once_and_nothing_is_loaded() throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.FIRST_BATCH_STAGED)) {
            EngineSite worker = rig.alone(
                            builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold))
                    .pipeline();
            List<EngineSite> sites = List.of(worker, rig.still());
            Run run = worker.submit("a");
            hold.awaitArrivals(1);
            Tally<Boolean> tally = new Tally<>();
            Together.run(
                    EngineMoves.THREADS,
                    thread -> tally.call(() -> sites.get(thread % 2).seen(run).cancel()));
            assertThat(tally.failedOnlyWith().successes())
                    .hasSize(EngineMoves.THREADS)
                    .containsOnly(true);
            hold.close();
            assertThat(run.await(PATIENCE).status()).isEqualTo(RunStatus.CANCELLED);
            assertThat(run.cancel()).isFalse();
            assertThat(EngineRig.count(worker.workspace(), "RUN_CANCEL")).isEqualTo(1);
            assertThat(EngineRig.count(worker.workspace(), "RUN_END")).isEqualTo(1);
            rig.assertIds();
        }
    }

    @Test
    default void a_run_that_is_cancelled_elsewhere_stops_with_the_next_beat() throws InterruptedException {
        ConcurrentLinkedQueue<Duration> periods = new ConcurrentLinkedQueue<>();
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.FIRST_BATCH_STAGED)) {
            EngineSite worker = rig.alone(
                            builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold))
                    .pipeline();
            EngineSite other = rig.still(builder -> builder.pulse((period, beat) -> {
                periods.add(period);
                return () -> {};
            }));
            Run run = worker.submit("a");
            hold.awaitArrivals(1);
            assertThat(other.seen(run).cancel()).isTrue();
            worker.pulse().beat();
            hold.close();
            assertThat(run.await(PATIENCE).status()).isEqualTo(RunStatus.CANCELLED);
            rig.assertIds();
        }
        assertThat(periods)
                .singleElement()
                .satisfies(period -> assertThat(period).isLessThanOrEqualTo(Duration.ofMillis(500)));
    }

    @Test
    default void a_run_that_was_cancelled_elsewhere_before_the_last_moment_is_not_loaded_though_no_beat_told_of_it()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CHECKED)) {
            EngineSite worker = rig.alone(
                            builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold))
                    .pipeline();
            EngineSite other = rig.still();
            Run run = worker.submit("a");
            hold.awaitArrivals(1);
            assertThat(other.seen(run).cancel()).isTrue();
            hold.close();
            assertThat(run.await(PATIENCE).status()).isEqualTo(RunStatus.CANCELLED);
            rig.assertIds();
        }
    }

    @Test
    default void a_run_whose_worker_was_lost_after_it_was_cancelled_is_cancelled_by_the_next()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CLAIMED)) {
            EngineSite worker = rig.alone(
                            builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold))
                    .pipeline();
            EngineSite other = rig.still();
            Run run = worker.submit("a");
            hold.awaitArrivals(1);
            assertThat(other.seen(run).cancel()).isTrue();
            rig.passLease();
            assertThat(other.runs().carryOutAll()).isEqualTo(1);
            assertThat(other.seen(run).status()).isEqualTo(RunStatus.CANCELLED);
            rig.assertIds();
        }
    }

    @Test
    default void a_cancellation_that_races_with_the_run_is_in_time_or_too_late_and_nothing_in_between() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = rig.still().pipeline();
            for (int i = 0; i < 10; i++) {
                String id = "r" + i;
                Run run = site.submit(id);
                Together.run(2, thread -> {
                    if (thread == 0) {
                        site.runs().carryOutNext();
                    } else {
                        run.cancel();
                    }
                });
                RunStatus status = run.refresh().status();
                assertThat(status).isIn(RunStatus.SUCCEEDED, RunStatus.CANCELLED);
                assertThat(rig.content().containsKey(id)).isEqualTo(status == RunStatus.SUCCEEDED);
            }
            assertThat(site.runs().carryOutAll()).isZero();
            EngineRig.events(site.workspace());
        }
    }
}
