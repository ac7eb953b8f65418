// SPDX-License-Identifier: Apache-2.0
package io.gantry.testkit.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.Reason;
import io.gantry.local.LocalRunEngine;
import io.gantry.run.CrashPoint;
import io.gantry.run.Run;
import io.gantry.run.RunStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** That what an engine leaves when it is closed, or dies, is finished by another one or a later one. */
interface EngineHandOvers {

    @TestFactory
    default Stream<DynamicTest> an_engine_that_is_closed_gives_its_run_back_and_another_finishes_it() {
        return Stream.of(CrashPoint.CLAIMED, CrashPoint.FIRST_BATCH_STAGED, CrashPoint.CHECKED)
                .map(place -> DynamicTest.dynamicTest(place.name(), () -> close(place)));
    }

    private void close(CrashPoint place) throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(place)) {
            EngineSite closed = rig.still(builder -> builder.crashPoints(hold)).pipeline();
            EngineSite other = rig.still();
            Run run = closed.submit("a", "b");
            Run waiting = closed.submit("c");
            closed.begin();
            hold.awaitArrivals(1);
            closed.close(); // interrupts the thread that is held
            assertThat(other.seen(run).status()).isEqualTo(RunStatus.QUEUED);
            rig.assertIds();
            assertThat(other.runs().carryOutAll()).isEqualTo(2);
            assertThat(other.seen(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(other.seen(run).attempt()).isEqualTo(2);
            assertThat(other.seen(waiting).status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a", "b", "c");
            assertThat(EngineRig.count(other.workspace(), "RUN_END")).isEqualTo(2);
            assertThat(EngineRig.count(other.workspace(), "RUN_TAKE_OVER")).isZero();
        }
    }

    @TestFactory
    default Stream<DynamicTest> a_run_is_loaded_once_wherever_its_engine_was_closed() {
        return Stream.of(
                        CrashPoint.CLAIMED,
                        CrashPoint.CHECKED,
                        CrashPoint.PREPARED,
                        CrashPoint.APPLIED,
                        CrashPoint.ENDED)
                .map(place -> DynamicTest.dynamicTest(place.name(), () -> closeAndFinish(place)));
    }

    private void closeAndFinish(CrashPoint place) throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(place)) {
            EngineSite closed = rig.still(builder -> builder.crashPoints(hold)).pipeline();
            Run run = closed.submit("a", "b");
            closed.begin();
            hold.awaitArrivals(1);
            closed.close();
            EngineSite later = rig.still();
            rig.passLease();
            later.runs().carryOutAll();
            assertThat(later.seen(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(later.seen(run).counts().inserted()).isEqualTo(2);
            assertThat(EngineRig.count(later.workspace(), "RUN_END")).isEqualTo(1);
            rig.assertIds("a", "b");
        }
    }

    @Test
    default void a_run_that_an_engine_takes_in_the_moment_it_is_closed_is_given_back() throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold taking = new Hold(CrashPoint.SUBMITTED)) {
            EngineSite other = rig.still().pipeline();
            FailingDocuments store = new FailingDocuments(rig.store());
            EngineSite closed = rig.still(builder -> builder.documents(store));
            Run run = other.submit("a");
            store.beforeNextCommit(() -> taking.accept(CrashPoint.SUBMITTED)); // until the thread is interrupted
            closed.begin();
            taking.awaitArrivals(1);
            closed.close();
            assertThat(run.refresh().status()).isEqualTo(RunStatus.QUEUED);
            assertThat(other.runs().carryOutAll()).isEqualTo(1);
            assertThat(run.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a");
        }
    }

    @Test
    default void a_run_given_back_many_times_was_not_lost() throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite site = rig.still().pipeline();
            Run run = site.submit("a");
            for (int i = 0; i < 12; i++) {
                try (Hold hold = new Hold(CrashPoint.CLAIMED)) {
                    EngineSite closed = rig.still(builder -> builder.crashPoints(hold));
                    closed.begin();
                    hold.awaitArrivals(1);
                    closed.close();
                }
                assertThat(run.refresh().status()).isEqualTo(RunStatus.QUEUED);
            }
            assertThat(site.runs().carryOutAll()).isEqualTo(1);
            assertThat(run.refresh().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(run.refresh().attempt()).isEqualTo(13);
        }
    }

    @Test
    default void an_engine_that_starts_finishes_what_an_earlier_one_has_left() {
        try (EngineRig rig = EngineRig.of(this)) {
            EngineSite lost = rig.still(builder -> builder.crashPoints(EngineHandOvers::die))
                    .pipeline();
            lost.pipeline(EngineRig.TENANT, "second");
            EngineSite sound = rig.still();
            Run loaded = sound.submit("old");
            sound.runs().carryOutAll();
            Tally<Object> tally = new Tally<>();
            try {
                tally.call(() -> lost.seen(loaded).rollBack(Reason.of("WRONG_FILE")));
            } catch (IllegalStateException e) {
                // died with the rollback begun
            }
            Run claimed = lost.submit("a");
            lost.runs().carryOutAll();
            Run waiting = lost.submit("b");
            assertThat(claimed.refresh().status()).isEqualTo(RunStatus.RUNNING);
            assertThat(waiting.refresh().status()).isEqualTo(RunStatus.QUEUED);
            rig.passLease();
            EngineSite later = rig.alone(builder -> builder.runs(new LocalRunEngine(1)));
            assertThat(later.seen(claimed).await(EngineLeases.PATIENCE).status())
                    .isEqualTo(RunStatus.SUCCEEDED);
            assertThat(later.seen(waiting).await(EngineLeases.PATIENCE).status())
                    .isEqualTo(RunStatus.SUCCEEDED);
            assertThat(later.seen(loaded).status()).isEqualTo(RunStatus.ROLLED_BACK);
            rig.assertIds("a", "b");
            EngineRig.events(later.workspace());
        }
    }

    private static void die(CrashPoint point) {
        if (point == CrashPoint.CLAIMED || point == CrashPoint.ROLLBACK_BEGUN) {
            throw new IllegalStateException("The process died");
        }
    }

    @Test
    default void a_load_that_was_done_counts_though_the_pipeline_was_suspended_before_its_end_was_written()
            throws InterruptedException {
        try (EngineRig rig = EngineRig.of(this);
                Hold hold = new Hold(CrashPoint.APPLIED)) {
            EngineSite lost = rig.still(builder -> builder.crashPoints(hold)).pipeline();
            EngineSite other = rig.still();
            Run run = lost.submit("a");
            lost.begin();
            hold.awaitArrivals(1);
            other.workspace().pipelines().suspend(EngineSite.LOAD, Reason.of("WANTED"));
            rig.passLease();
            other.runs().carryOutAll();
            assertThat(other.seen(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            rig.assertIds("a");
        }
    }
}
