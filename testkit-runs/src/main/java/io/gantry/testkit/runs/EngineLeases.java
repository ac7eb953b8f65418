// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunRequest;
import io.gantry.run.RunStatus;
import io.gantry.spi.dataset.RollbackOutcome;
import io.gantry.testkit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That work whose worker gives no sign of life is done by another, once. */
interface EngineLeases {

    Duration PATIENCE = Duration.ofSeconds(60);

    @TestFactory
    default Stream<DynamicTest> a_worker_that_falls_silent_loses_its_run_and_what_it_does_afterwards_is_void() {
        return Stream.of(CrashPoint.CLAIMED, CrashPoint.FIRST_BATCH_STAGED, CrashPoint.APPLIED)
                .map(place -> DynamicTest.dynamicTest(place.name(), () -> silence(place)));
    }

    private void silence(CrashPoint place) throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(place)) {
            AtomicInteger ends = new AtomicInteger();
            EngineSite silent = rig.alone(builder -> builder.runs(new LocalRunEngine(1))
                            .crashPoints(point -> {
                                hold.accept(point);
                                ends.addAndGet(point == CrashPoint.ENDED ? 1 : 0);
                            }))
                    .pipeline();
            EngineSite other = rig.still();
            Run run = silent.submit("a", "b");
            hold.awaitArrivals(1);
            assertThat(other.runs().carryOutNext())
                    .as("as long as the lease goes on")
                    .isFalse();
            rig.passLease();
            assertThat(other.runs().carryOutAll()).isEqualTo(1);
            Run done = other.seen(run);
            assertThat(done.status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(done.attempt()).isEqualTo(2);
            rig.assertIds("a", "b");

            hold.letGo();
            silent.close(); // waits for its thread
            assertThat(ends).as("ends of the silent worker").hasValue(0);
            assertThat(other.seen(run)).hasToString(done.toString());
            assertThat(other.seen(run).attempt()).isEqualTo(2);
            assertThat(EngineRig.count(other.workspace(), "RUN_END")).isEqualTo(1);
            assertThat(EngineRig.count(other.workspace(), "RUN_TAKE_OVER")).isEqualTo(1);
            rig.assertIds("a", "b");
            assertThat(other.seen(run).rollBack(Reason.of("WRONG_FILE")).reversed())
                    .isEqualTo(2);
            rig.assertIds();
        }
    }

    @Test
    default void a_worker_that_shows_signs_of_life_keeps_its_run_however_long_it_takes() throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.FIRST_BATCH_STAGED)) {
            EngineSite slow = rig.alone(
                            builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold))
                    .pipeline();
            EngineSite other = rig.still();
            Run run = slow.submit("a");
            hold.awaitArrivals(1);
            for (int i = 0; i < 5; i++) {
                rig.clock().advance(EngineRig.LEASE.minusSeconds(1));
                slow.pulse().beat();
                assertThat(other.runs().carryOutNext()).isFalse();
            }
            hold.letGo();
            assertThat(run.await(PATIENCE).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.refresh().attempt()).isEqualTo(1);
        }
    }

    @Test
    default void a_worker_that_wakes_up_in_time_keeps_its_run_though_its_lease_was_over() throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.CLAIMED)) {
            EngineSite slow = rig.alone(
                            builder -> builder.runs(new LocalRunEngine(1)).crashPoints(hold))
                    .pipeline();
            EngineSite other = rig.still();
            Run run = slow.submit("a");
            hold.awaitArrivals(1);
            rig.passLease();
            slow.pulse().beat();
            assertThat(other.runs().carryOutNext()).isFalse();
            hold.letGo();
            assertThat(run.await(PATIENCE).status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }

    @Test
    default void a_worker_whose_sign_of_life_fails_keeps_its_run_as_long_as_its_lease_goes_on()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.FIRST_BATCH_STAGED)) {
            FailingDocuments store = new FailingDocuments(rig.store());
            EngineSite worker = rig.still(builder -> builder.documents(store).crashPoints(hold))
                    .pipeline();
            Run run = worker.submit("a");
            Thread thread = worker.begin();
            hold.awaitArrivals(1);
            store.fail(1, FailingDocuments.Failure.TRANSIENT);
            worker.pulse().beat();
            assertThat(store.isUnused()).isFalse();
            hold.letGo();
            thread.join();
            assertThat(run.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.refresh().attempt()).isEqualTo(1);
        }
    }

    @Test
    default void a_worker_whose_sign_of_life_fails_when_its_lease_is_over_stops_by_itself()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.FIRST_BATCH_STAGED)) {
            FailingDocuments store = new FailingDocuments(rig.store());
            EngineSite worker = rig.still(builder -> builder.documents(store).crashPoints(hold))
                    .pipeline();
            Run run = worker.submit("a");
            Thread thread = worker.begin();
            hold.awaitArrivals(1);
            rig.passLease();
            store.fail(1, FailingDocuments.Failure.TRANSIENT);
            worker.pulse().beat();
            hold.letGo();
            thread.join();
            assertThat(run.refresh().status()).isEqualTo(RunStatus.RUNNING);
            rig.assertIds();
            assertThat(rig.still().runs().carryOutAll()).isEqualTo(1);
            assertThat(run.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a");
        }
    }

    @Test
    default void a_run_whose_worker_was_lost_ten_times_ends_and_says_so() {
        try (EngineRig rig = EngineRig.of(this)) {
            AtomicInteger claims = new AtomicInteger();
            EngineSite site = rig.still(builder -> builder.crashPoints(point -> {
                        if (point == CrashPoint.CLAIMED && claims.incrementAndGet() <= 10) {
                            throw new IllegalStateException("The worker is lost");
                        }
                    }))
                    .pipeline();
            Run run = site.submit("a");
            for (int lost = 1; lost <= 10; lost++) {
                assertThat(site.runs().carryOutAll()).isEqualTo(1);
                assertThat(run.refresh().status()).isEqualTo(RunStatus.RUNNING);
                rig.passLease();
            }
            assertThat(site.runs().carryOutAll()).isEqualTo(1);
            Run ended = run.refresh();
            assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
            assertThat(ended.error()).get().satisfies(error -> {
                assertThat(error.code()).isEqualTo("WORKER_LOST");
                assertThat(error.message()).contains("lost 10 times");
            });
            rig.assertIds();
            assertThat(EngineRig.count(site.workspace(), "RUN_TAKE_OVER")).isEqualTo(10);
        }
    }

    @Test
    default void a_rollback_whose_worker_falls_silent_is_done_by_another_and_both_get_the_same_answer()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.ROLLBACK_BEGUN)) {
            EngineSite silent = rig.still(builder -> builder.crashPoints(hold)).pipeline();
            EngineSite other = rig.still();
            Run run = silent.submit("a", "b");
            silent.runs().carryOutAll();
            List<RollbackOutcome> answers = new ArrayList<>();
            Thread thread = new Thread(() -> answers.add(run.rollBack(Reason.of("WRONG_FILE"))));
            thread.start();
            hold.awaitArrivals(1);
            assertThat(other.runs().carryOutNext()).isFalse();
            rig.passLease();
            assertThat(other.runs().carryOutAll()).isEqualTo(1);
            assertThat(other.seen(run).status()).isEqualTo(RunStatus.ROLLED_BACK);
            rig.assertIds();
            hold.letGo();
            thread.join();
            assertThat(answers).containsExactly(new RollbackOutcome(2, 0, 0, List.of()));
            assertThat(EngineRig.count(other.workspace(), "RUN_ROLLBACK_END")).isEqualTo(1);
        }
    }

    @Test
    default void a_rollback_that_was_ended_for_a_silent_worker_is_not_mixed_up_with_the_next_one()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold first = new Hold(CrashPoint.ROLLBACK_BEGUN);
                Hold second = new Hold(CrashPoint.ROLLBACK_BEGUN)) {
            EngineSite silent = rig.still(builder -> builder.crashPoints(first)).pipeline();
            EngineSite later = rig.still(builder -> builder.crashPoints(second));
            EngineSite other = rig.still();
            Run run = silent.submit("a", "b");
            silent.runs().carryOutAll();
            silent.workspace().runs().submit(RunRequest.of(EngineSite.LOAD, EngineRig.named("changed ", "a")));
            silent.runs().carryOutAll();

            Tally<RollbackOutcome> refused = new Tally<>();
            Thread refusing = new Thread(() -> refused.call(() -> run.rollBack(Reason.of("WRONG_FILE"), true)));
            refusing.start();
            first.awaitArrivals(1);
            rig.passLease();
            other.runs().carryOutAll(); // is refused, as it should be
            Tally<RollbackOutcome> done = new Tally<>();
            Thread keeping =
                    new Thread(() -> done.call(() -> later.seen(run).rollBack(Reason.of("WRONG_FILE"), false)));
            keeping.start();
            second.awaitArrivals(1);
            first.letGo();
            refusing.join();
            refused.succeeded(0, 1, "ROLLBACK_REFUSED");
            rig.assertIds("a", "b");
            second.letGo();
            keeping.join();
            assertThat(done.failedOnlyWith().successes())
                    .singleElement()
                    .satisfies(outcome -> assertThat(outcome.kept()).isEqualTo(1));
            assertThat(run.refresh().status()).isEqualTo(RunStatus.ROLLED_BACK);
            rig.assertIds("a");
        }
    }

    @Test
    default void of_eight_who_find_a_lost_run_one_takes_it_over() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite lost = rig.still(builder -> builder.crashPoints(point -> {
                        if (point == CrashPoint.CLAIMED) {
                            throw new IllegalStateException("The worker is lost");
                        }
                    }))
                    .pipeline();
            Run run = lost.submit("a");
            lost.runs().carryOutAll();
            rig.passLease();
            List<EngineSite> sites = List.of(rig.still(), rig.still());
            AtomicInteger taken = new AtomicInteger();
            Together.run(EngineMoves.THREADS, thread -> {
                if (sites.get(thread % 2).runs().carryOutNext()) {
                    taken.incrementAndGet();
                }
            });
            assertThat(taken).hasValue(1);
            assertThat(run.refresh().attempt()).isEqualTo(2);
            assertThat(run.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a");
        }
    }
}
